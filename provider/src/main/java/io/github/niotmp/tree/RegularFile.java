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

/**
 * A regular file: its content, and the directory entries that handles opened it by. A new file has
 * one open handle.
 */
public final class RegularFile extends LinkableNode implements FileContent.Attributes {
  private static final OpenedEntry[] NONE = {};
  private static final AtomicReferenceFieldUpdater<RegularFile, OpenedEntry[]> OPEN_NAMES =
      AtomicReferenceFieldUpdater.newUpdater(RegularFile.class, OpenedEntry[].class, "openNames");

  private final Tree tree;

  /** Null until the first write, because many files stay empty. */
  private volatile @Nullable FileContent content;

  /** Copied on each change, because few handles write to one file at a time. */
  private volatile OpenedEntry[] openNames = NONE;

  RegularFile(long inode, long created, int permissions, int names, Tree tree) {
    super(inode, created, permissions, names, 1);
    this.tree = tree;
  }

  /**
   * Returns the permission, set-id and sticky bits at this moment. If the file has a name on the
   * host, these are the permissions on the host, which other programs may have changed; {@link
   * #permissions()} ignores those.
   */
  public int permissionsNow() {
    FileContent there = content;
    return there == null ? permissions() : there.permissions(permissions());
  }

  /** Returns the content, or null before the first write. */
  public @Nullable FileContent content() {
    return content;
  }

  /**
   * Returns the content, for writing; creates it before the first write. The caller holds an open
   * handle.
   *
   * @throws ClosedChannelException if another thread has closed the last handle of an unlinked file
   */
  public FileContent contentToWrite() throws IOException {
    FileContent there = content;
    return there == null ? addContent() : there;
  }

  private synchronized FileContent addContent() throws IOException {
    FileContent made = content;
    if (made != null) { // another thread was faster
      return made;
    }
    made = tree.newContent();
    content = made;
    if (isReleased()) {
      made.free(); // release() may not have seen it
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

  /** Counts one more open handle, until {@link #close}. Returns false if the file was released. */
  public boolean open() {
    return addHandle();
  }

  /**
   * Tracks the entry that a handle was opened by. It must be an entry of this file, or a future
   * one.
   *
   * @param deleteOnClose whether the last such handle removes the name on closing
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
   * Tracks the entry of another handle for one more handle. That one does not remove the name.
   *
   * @return null if the name was removed
   */
  public @Nullable OpenedEntry trackAgain(OpenedEntry tracked) {
    for (DirectoryEntry at = tracked.location(); at != null; at = tracked.location()) {
      Directory directory = at.directory();
      directory.lock.lock(); // renames hold it while they update the entries
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

  /** Frees a new file that could not be added. */
  public void discard() throws IOException {
    openNames = NONE;
    release();
  }

  /** Stops tracking an entry. */
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
   * Counts one open handle less, and removes the name if the handle was opened with
   * delete-on-close.
   *
   * @param openName the entry that {@link #track} returned for the handle, or null
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
   * Updates the tracked entries after a name of this file was moved, or removed ({@code to} is
   * null). The caller holds the lock of the directory.
   */
  void nameMoved(DirectoryEntry from, @Nullable DirectoryEntry to) {
    for (OpenedEntry name : openNames) {
      if (from.equals(name.location())) {
        name.moveTo(to);
      }
    }
  }

  /** Says whether an open handle will remove the name at {@code location} on closing. */
  boolean deletedOnClose(DirectoryEntry location) {
    for (OpenedEntry name : openNames) {
      if (name.deleteOnClose() && location.equals(name.location())) {
        return true;
      }
    }
    return false;
  }

  /** Says whether this file will have no name after all handles are closed. */
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
