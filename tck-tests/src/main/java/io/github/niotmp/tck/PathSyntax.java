package io.github.niotmp.tck;

/** The syntax of the paths of a file system under test. */
public enum PathSyntax {
  /** Names separated by slashes below one root, "/", and the special names "." and "..". */
  UNIX,

  /** Names separated by backslashes below drives, such as {@code C:\}, without regard to case. */
  WINDOWS,

  /** Any other syntax: the contracts assume only what the Javadoc says of all paths. */
  OTHER
}
