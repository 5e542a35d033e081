package io.github.niotmp.session;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A directory on the host that exists while it has users: the first {@link #enter} creates it, the
 * last {@link #leave} removes it. Safe for use by any number of threads.
 */
public interface DirectoryLease {
  /**
   * Counts one more user and returns the absolute path of the directory, which stays until each
   * user has called {@link #leave}. If another program has removed the directory, creates it anew;
   * open files of the old one stay readable.
   *
   * @throws IOException if it cannot be created, or is not safe to use
   */
  Path enter() throws IOException;

  /**
   * Counts one user less; the last one removes the directory.
   *
   * @throws IOException if it cannot be removed
   */
  void leave() throws IOException;

  /** Says whether this user alone can create, rename and remove entries of the directory. */
  default boolean isPrivate() {
    return true;
  }

  /**
   * Tries again to remove the directories that {@link #leave} could not remove and that have no
   * user.
   */
  default void removeRest() throws IOException {}
}
