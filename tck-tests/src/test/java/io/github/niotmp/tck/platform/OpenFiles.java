package io.github.niotmp.tck.platform;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files that are open on a simulated platform, and the locks on them. */
final class OpenFiles {
  private final List<Handle> handles = new ArrayList<>();

  /** An open file; no other handle equals it. */
  static final class Handle {
    private volatile Path path;
    private final boolean goes;
    private final List<Region> locked = new ArrayList<>();

    private Handle(Path path, boolean goes) {
      this.path = path;
      this.goes = goes;
    }

    Path path() {
      return path;
    }
  }

  /** A locked region. */
  record Region(long position, long size) {
    boolean overlaps(long at, long length) {
      return at < position + size && position < at + length;
    }
  }

  synchronized Handle open(Path path, boolean goes) {
    Handle handle = new Handle(path, goes);
    handles.add(handle);
    return handle;
  }

  /** Returns whether it was the last handle of a file that goes with its handles. */
  synchronized boolean close(Handle handle) {
    handles.remove(handle);
    return handle.goes && handles.stream().noneMatch(other -> other.path.equals(handle.path));
  }

  /** Gives the handles of a file its new name. */
  synchronized void moved(Path from, Path to) {
    for (Handle handle : handles) {
      if (handle.path.equals(from)) {
        handle.path = to;
      }
    }
  }

  synchronized void lock(Handle handle, Region region) {
    handle.locked.add(region);
  }

  synchronized void unlock(Handle handle, Region region) {
    handle.locked.remove(region);
  }

  /**
   * Refuses to remove or rename a file that is open, or a directory above one.
   *
   * @throws FileSystemException as Windows words it
   */
  synchronized void requireUnused(Path path) throws FileSystemException {
    if (handles.stream().anyMatch(handle -> handle.path.startsWith(path))) {
      throw new FileSystemException(
          path.toString(),
          null,
          "The process cannot access the file because it is being used by another process");
    }
  }

  /** Refuses I/O on a region that another handle has locked. */
  synchronized void requireUnlocked(Handle handle, long position, long length) throws IOException {
    for (Handle other : handles) {
      if (!other.equals(handle) && other.path.equals(handle.path)) {
        for (Region region : other.locked) {
          if (region.overlaps(position, length)) {
            throw new IOException(
                "The process cannot access the file because another process has locked a portion"
                    + " of the file");
          }
        }
      }
    }
  }
}
