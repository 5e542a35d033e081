package io.github.niotmp.tree;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * A file that can have any number of names, and can be open without any. It is released when its
 * last name and its last handle are gone. A new node counts its first name before that is visible.
 */
public abstract sealed class LinkableNode extends Node permits RegularFile, SymbolicLink {
  private static final AtomicLongFieldUpdater<LinkableNode> USES =
      AtomicLongFieldUpdater.newUpdater(LinkableNode.class, "uses");
  private static final long NAME = 1L << 32;
  private static final long HANDLE = 1;

  /**
   * The count of names in the upper half and of open handles in the lower. One number, so that
   * exactly one thread sees it reach 0 and releases the file.
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

  /** Counts one more name, before it is visible. Returns false if the last name was removed. */
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

  /** Counts one name less, after its removal. */
  public void dropName() throws IOException {
    drop(NAME);
    if (!isReleased()) {
      changed(now());
    }
  }

  /** Counts one more open handle. Returns false if the file was released. */
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

  /** Frees the resources of the file, after its last name and its last handle are gone. */
  abstract void release() throws IOException;
}
