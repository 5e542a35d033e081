package io.github.niotmp.volume;

/**
 * A listener for changes in a directory. The thread that makes a change calls it, perhaps with
 * locks held. An implementation must be quick, must not throw and must not call the volume.
 */
public interface DirectoryListener {

  /** A name in the directory was added, removed or its file changed (bytes or attributes). */
  void changed(Change change, String name);

  /** The host has lost changes, because its queue was full. */
  void overflowed();

  /** The directory was removed, or its volume closed: no more events follow. */
  void gone();

  /** A kind of change. */
  enum Change {
    CREATED,
    DELETED,
    MODIFIED
  }
}
