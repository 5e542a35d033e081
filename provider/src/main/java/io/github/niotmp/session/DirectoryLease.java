package io.github.niotmp.session;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A directory on the host that is there while somebody uses it. Safe for use by any number of
 * threads.
 */
public interface DirectoryLease {
  /**
   * Returns the absolute path of the directory, which stays until {@link #leave} was called as
   * often. It is made anew if somebody else has taken it away; what is in it by then, and open,
   * lives on.
   *
   * @throws IOException if it cannot be made, or is not safe to use
   */
  Path enter() throws IOException;

  /**
   * Lets go of the directory; who is the last removes it.
   *
   * @throws IOException if it cannot be removed
   */
  void leave() throws IOException;

  /** Says whether no other user can create, rename and remove entries of the directory. */
  default boolean isPrivate() {
    return true;
  }

  /** Tries again to remove what {@link #leave} could not; does nothing if that is in use again. */
  default void removeRest() throws IOException {}
}
