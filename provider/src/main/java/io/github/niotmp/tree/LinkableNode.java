package io.github.niotmp.tree;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * A file that can have any number of names, and be open when it has none left. A name it starts
 * with is counted before it is visible.
 */
public abstract sealed class LinkableNode extends Node permits RegularFile, SymbolicLink {
  private static final AtomicLongFieldUpdater<LinkableNode> USES =
      AtomicLongFieldUpdater.newUpdater(LinkableNode.class, "uses");
  private static final long NAME = 1L << 32;
  private static final long HANDLE = 1;

  /**
   * The names in the upper half, the open handles in the lower: one number, so that 0 is seen once.
   */
  private volatile long uses;

  LinkableNode(long inode, long created, int permissions, int names, int handles) {
    super(inode, created, permissions);
    uses = names * NAME + handles * HANDLE;
  }

  @Override
  public int linkCount() {
    return (int) (uses >>> 32);
  }

  /** Counts one more name, before it is visible; false if the last one is gone. */
  public boolean addName() {
    for (; ; ) {
      long now = uses;
      if (now < NAME) {
        return false;
      }
      if (USES.compareAndSet(this, now, now + NAME)) {
        changed(now());
        return true;
      }
    }
  }

  /** Counts one name less, after it has gone. */
  public void dropName() throws IOException {
    drop(NAME);
    if (!isReleased()) {
      changed(now());
    }
  }

  /** Counts one more open handle; false if the file has been given up. */
  boolean addHandle() {
    for (; ; ) {
      long now = uses;
      if (now == 0) {
        return false;
      }
      if (USES.compareAndSet(this, now, now + HANDLE)) {
        return true;
      }
    }
  }

  /** Counts one open handle less. */
  void dropHandle() throws IOException {
    drop(HANDLE);
  }

  private void drop(long use) throws IOException {
    if (USES.addAndGet(this, -use) == 0) {
      release();
    }
  }

  /** Says whether the last name and the last handle are gone. */
  @Override
  boolean isReleased() {
    return uses == 0;
  }

  /** Frees what the file holds: the last name and the last handle are gone. */
  abstract void release() throws IOException;
}
