package io.github.niotmp.tree;

import io.github.niotmp.account.Accounts;

/**
 * The check of a file's permission bits. This process owns all files of the tree unless root
 * changed an owner, so the owner's bits decide; root passes as on the disk.
 */
public final class Access {
  /** Read the bytes of a file or the names of a directory. */
  public static final int READ = 4;

  /** Write the bytes of a file or, with {@link #EXECUTE}, change the names of a directory. */
  public static final int WRITE = 2;

  /** Execute a file or look a name up in a directory. */
  public static final int EXECUTE = 1;

  private static final int EXECUTE_BY_ANYBODY = 0111;

  private Access() {}

  /** Says whether this process may do all that the bits in {@code wanted} stand for. */
  public static boolean allowed(Node node, int wanted) {
    int mode = node instanceof RegularFile file ? file.permissionsNow() : node.permissions();
    return (mode >> 6 & wanted) == wanted || rootPasses(node, mode, wanted);
  }

  private static boolean rootPasses(Node node, int mode, int wanted) {
    if (!Accounts.isRoot()) {
      return false;
    }
    return (wanted & EXECUTE) == 0 || node instanceof Directory || (mode & EXECUTE_BY_ANYBODY) != 0;
  }
}
