package io.github.niotmp.attribute;

/**
 * The name of an attribute, or of several, and its view.
 *
 * @param name the text after the colon; possibly a list separated by commas
 */
record AttributeName(String view, String name) {

  /**
   * Parses {@code view:name}. A text without a view names an attribute of the basic view. A leading
   * colon stays in the name, which no view knows.
   */
  static AttributeName parse(String text) {
    int colon = text.indexOf(':');
    return colon <= 0
        ? new AttributeName("basic", text)
        : new AttributeName(text.substring(0, colon), text.substring(colon + 1));
  }

  @Override
  public String toString() {
    return view + ":" + name;
  }
}
