package io.github.niotmp.tree;

import io.github.niotmp.content.FileContent;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.mode.ModeBits;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** A regular file: bytes, and the names it is open by. It starts with one open handle. */
public final class RegularFile extends LinkableNode implements FileContent.Attributes {
  private static final OpenedEntry[] NONE = {};
  private static final AtomicReferenceFieldUpdater<RegularFile, OpenedEntry[]> OPEN_NAMES =
      AtomicReferenceFieldUpdater.newUpdater(RegularFile.class, OpenedEntry[].class, "openNames");

  private final Tree tree;

  /** Null until something is written: many files stay empty, and should take little. */
  private volatile @Nullable FileContent content;

  /** Copied on each change: few handles write one file at a time. */
  private volatile OpenedEntry[] openNames = NONE;

  RegularFile(long inode, long created, int permissions, int names, Tree tree) {
    super(inode, created, permissions, names, 1);
    this.tree = tree;
  }

  /**
   * Returns the permission, set-id and sticky bits at this moment. Other programs may have changed
   * the permissions if the file has a name on the host; {@link #permissions()} does not know that.
   */
  public int permissionsNow() {
    FileContent there = content;
    return there == null ? permissions() : there.permissions(permissions());
  }

  /** Returns the bytes, or null if nothing was written yet. */
  public @Nullable FileContent content() {
    return content;
  }

  /**
   * Returns the bytes, for writing. The caller holds an open handle.
   *
   * @throws ClosedChannelException if the handle was closed meanwhile, and was the last
   */
  public FileContent contentToWrite() throws IOException {
    FileContent there = content;
    return there == null ? addContent() : there;
  }

  private synchronized FileContent addContent() throws IOException {
    FileContent made = content;
    if (made != null) { // by another thread meanwhile
      return made;
    }
    made = tree.newContent();
    content = made;
    if (isReleased()) {
      made.free(); // the release may have come too early to see it
      throw new ClosedChannelException();
    }
    return made;
  }

  @Override
  int kind() {
    return ModeBits.S_IFREG;
  }

  @Override
  TreeContext context() {
    return tree.context();
  }

  @Override
  void release() throws IOException {
    tree.countFile(-1);
    freeAttributes();
    FileContent there = content;
    if (there != null) {
      there.free();
    }
  }

  /** Counts one more open handle, until {@link #close}; false if the file has been given up. */
  public boolean open() {
    return addHandle();
  }

  /**
   * Keeps track of the name a handle was opened by, which must be one of this file's, or be about
   * to be.
   *
   * @param deleteOnClose whether the name goes with the last such handle
   */
  public OpenedEntry track(Directory directory, String name, boolean deleteOnClose) {
    OpenedEntry openName = new OpenedEntry(new DirectoryEntry(directory, name), deleteOnClose);
    OpenedEntry[] names;
    do {
      names = openNames;
    } while (!OPEN_NAMES.compareAndSet(this, names, with(openName, names)));
    return openName;
  }

  /**
   * Keeps track, for one more handle, of the name that another handle was opened by. It does not go
   * with the new handle.
   *
   * @return null if that name is gone
   */
  public @Nullable OpenedEntry trackAgain(OpenedEntry tracked) {
    for (DirectoryEntry at = tracked.location(); at != null; at = tracked.location()) {
      Directory directory = at.directory();
      directory.lock.lock(); // renames hold it while they tell all tracked names
      try {
        if (at.equals(tracked.location())) {
          return track(directory, at.name(), false);
        }
      } finally {
        directory.lock.unlock();
      }
    }
    return null;
  }

  private static OpenedEntry[] with(OpenedEntry openName, OpenedEntry[] names) {
    OpenedEntry[] more = Arrays.copyOf(names, names.length + 1);
    more[names.length] = openName;
    return more;
  }

  /** Gives up a new file that did not get its name. */
  public void discard() throws IOException {
    openNames = NONE;
    release();
  }

  /** Keeps track of a name no more. */
  public void untrack(OpenedEntry openName) {
    OpenedEntry[] names;
    do {
      names = openNames;
    } while (!OPEN_NAMES.compareAndSet(this, names, without(openName, names)));
  }

  private static OpenedEntry[] without(OpenedEntry openName, OpenedEntry[] names) {
    int at = 0;
    while (at < names.length && names[at] != openName) {
      at++;
    }
    if (at == names.length) {
      return names;
    }
    if (names.length == 1) {
      return NONE;
    }
    OpenedEntry[] rest = Arrays.copyOf(names, names.length - 1);
    System.arraycopy(names, at + 1, rest, at, rest.length - at);
    return rest;
  }

  /**
   * Counts one open handle less, and removes the name that was to go with it.
   *
   * @param openName what {@link #track} returned for the handle, if it was called
   */
  public void close(@Nullable OpenedEntry openName) throws IOException {
    if (openName != null && openName.deleteOnClose()) {
      removeAndClose(openName);
      return;
    }
    try {
      if (openName != null) {
        untrack(openName);
      }
    } finally {
      dropHandle();
    }
  }

  private void removeAndClose(OpenedEntry openName) throws IOException {
    Closer.closeAll(
        () -> Directory.removeOnClose(this, openName), () -> untrack(openName), this::dropHandle);
  }

  /**
   * Notes that a name of this file went elsewhere, or is gone. The lock of its directory is held.
   */
  void nameMoved(DirectoryEntry from, @Nullable DirectoryEntry to) {
    for (OpenedEntry name : openNames) {
      if (from.equals(name.location())) {
        name.moveTo(to);
      }
    }
  }

  /** Says whether a handle is open that will delete the name at {@code location} as it closes. */
  boolean deletedOnClose(DirectoryEntry location) {
    for (OpenedEntry name : openNames) {
      if (name.deleteOnClose() && location.equals(name.location())) {
        return true;
      }
    }
    return false;
  }

  /** Says whether no name of this file will be left once all handles are closed. */
  public boolean goesWithHandles() {
    OpenedEntry[] names = openNames;
    if (names.length == 0) {
      return linkCount() == 0;
    }
    Set<DirectoryEntry> going = new HashSet<>();
    for (OpenedEntry name : names) {
      DirectoryEntry location = name.location();
      if (name.deleteOnClose() && location != null) {
        going.add(location);
      }
    }
    return going.size() >= linkCount();
  }
}
