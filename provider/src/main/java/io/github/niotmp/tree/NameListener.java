package io.github.niotmp.tree;

/**
 * A listener for changes in a directory. The thread that makes a change calls it with locks held.
 * An implementation must be quick, must not throw and must not call the tree.
 */
public interface NameListener {

  /** A name was added, or now names another file. */
  void created(String name);

  /** A name was removed. */
  void deleted(String name);

  /** The bytes or attributes of the file behind a name changed. */
  void modified(String name);

  /** The directory was removed; no more events follow. */
  void gone();
}
