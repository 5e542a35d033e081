package io.github.niotmp.volume;

/**
 * Is told of changes in a directory, in the thread that makes them and perhaps with locks held: it
 * must be quick, must not throw and must not call the volume.
 */
public interface DirectoryListener {

  /** A name in the directory was added, removed or its file changed (bytes or attributes). */
  void changed(Change change, String name);

  /** Changes were lost: there were more than the host keeps. */
  void overflowed();

  /** The directory itself is gone, or its volume closed: no more events follow. */
  void gone();

  /** What happened to a name. */
  enum Change {
    CREATED,
    DELETED,
    MODIFIED
  }
}
