package io.github.niotmp.tree;

import io.github.niotmp.internal.mode.ModeBits;
import io.github.niotmp.path.TmpPath;
import java.nio.charset.StandardCharsets;

/** A symbolic link. The quota of the tree counts the memory of its target. */
public final class SymbolicLink extends LinkableNode {

  private static final int TARGET_BYTES = 128;
  private static final int NAME_BYTES = 56;

  /**
   * Without an owner, because the tree must not refer to its file system, which may be collected.
   */
  private final TmpPath target;

  private final TreeContext context;

  SymbolicLink(long inode, long created, TmpPath target, TreeContext context) {
    super(inode, created, 0777, 1, 0);
    this.target = target.withoutOwner();
    this.context = context;
  }

  /** Returns the target, as a path without an owner. */
  public TmpPath target() {
    return target;
  }

  /** Returns the length of the target's text in bytes. */
  public long targetBytes() {
    return target.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  int kind() {
    return ModeBits.S_IFLNK;
  }

  /** Returns the bytes of heap that a target takes: its text, and its names one by one. */
  static long sizeOf(TmpPath target) {
    return TARGET_BYTES
        + (long) NAME_BYTES * target.getNameCount()
        + 2L * target.toString().length();
  }

  /** Frees a new link that could not be added. */
  public void discard() {
    release();
  }

  @Override
  TreeContext context() {
    return context;
  }

  @Override
  void release() {
    freeAttributes();
    context.names().releaseMemory(sizeOf(target));
  }
}
