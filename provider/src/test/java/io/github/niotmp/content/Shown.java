package io.github.niotmp.content;

/** Attributes of a file in tests, which never change. */
record Shown(long modifiedTime, int permissions) implements FileContent.Attributes {
  static final Shown OWNER_ONLY = new Shown(0, 0600);
}
