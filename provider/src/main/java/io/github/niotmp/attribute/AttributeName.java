package io.github.niotmp.attribute;

/**
 * The name of an attribute, or of several, and the view it belongs to.
 *
 * @param name what follows the colon; perhaps a list with commas
 */
record AttributeName(String view, String name) {

  /**
   * Parses {@code view:name}; without a view it is that of the basic one, where a colon that begins
   * it stays in the name, which no view has.
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
