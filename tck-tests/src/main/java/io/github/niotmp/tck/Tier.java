package io.github.niotmp.tck;

/** The authority behind a test of a contract. */
public enum Tier {
  /** The Javadoc of the JDK requires the behaviour: the test carries {@link Required}. */
  JAVADOC("required by the Javadoc"),

  /**
   * The Javadoc leaves the behaviour open, and the default provider on Linux shows it: the test
   * carries {@link AsOnLinux}.
   */
  LINUX("as on Linux");

  private final String words;

  Tier(String words) {
    this.words = words;
  }

  /** Returns the tier as reports name it, such as "as on Linux". */
  @Override
  public String toString() {
    return words;
  }
}
