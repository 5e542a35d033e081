package io.github.niotmp.tree;

/**
 * Is told of changes in a directory, in the thread that makes them and with locks held: it must be
 * quick, must not throw and must not call the tree.
 */
public interface NameListener {

  /** A name was added, or now names another file. */
  void created(String name);

  /** A name was removed. */
  void deleted(String name);

  /** The bytes or attributes of the file behind a name changed. */
  void modified(String name);

  /** The directory is gone; nothing more follows. */
  void gone();
}
