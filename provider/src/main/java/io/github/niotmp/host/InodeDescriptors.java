package io.github.niotmp.host;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The descriptors that channels of this library hold on one file of the default file system.
 *
 * <p>The lock is held while such a descriptor is closed, and from the moment a thread looks for one
 * in {@code /proc/self/fd} until it has used the path that was found. So none of them becomes the
 * descriptor of another file meanwhile. Descriptors that the application holds on the file can be
 * closed at any time: the search answers only if it can tell ours from those.
 */
final class InodeDescriptors {
  private static final String PATHS = "/proc/self/fd";

  /** Another thread may have opened the file a moment ago, and not registered it yet. */
  private static final int MOST_SEARCHES = 20;

  private static final long PAUSE_NANOS = 100_000;

  /** The files that are open, by their keys. An equal key is that of the same file. */
  private static final ConcurrentHashMap<Object, InodeDescriptors> OPEN = new ConcurrentHashMap<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final @Nullable Object key;

  /** Becomes 0 within {@code compute} only, as the entry goes. */
  private final AtomicInteger count = new AtomicInteger();

  private InodeDescriptors(@Nullable Object key) {
    this.key = key;
  }

  /**
   * Registers a descriptor that has just been opened.
   *
   * @param key what tells its file from others; null if that is not known, and then no other
   *     channel shares what this returns
   */
  static InodeDescriptors register(@Nullable Object key) {
    if (key == null) {
      InodeDescriptors single = new InodeDescriptors(null);
      single.count.incrementAndGet();
      return single;
    }
    return OPEN.compute(
        key,
        (same, there) -> {
          InodeDescriptors inode = there == null ? new InodeDescriptors(key) : there;
          inode.count.incrementAndGet();
          return inode;
        });
  }

  /** Closes a channel that was registered; called once for each. */
  void close(Closeable channel) throws IOException {
    lock.lock();
    try {
      channel.close();
    } finally {
      if (key != null) {
        OPEN.computeIfPresent(
            key, (same, inode) -> inode.count.decrementAndGet() == 0 ? null : inode);
      }
      lock.unlock();
    }
  }

  /** Says whether a descriptor, as a path, leads to the file. */
  @FunctionalInterface
  interface Recognition {
    boolean isOurs(Path descriptor) throws IOException;
  }

  /** I/O during which no descriptor of ours on the file is closed. */
  @FunctionalInterface
  interface Io<T extends @Nullable Object> {
    T run() throws IOException;
  }

  <T extends @Nullable Object> T locked(Io<T> io) throws IOException {
    lock.lock();
    try {
      return io.run();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns the path of a descriptor of ours, which stays that as long as the caller holds the lock
   * and a registered channel is open.
   *
   * @throws NotReopenableException if the system shows no descriptors, or others than ours lead to
   *     the file too
   */
  Path find(Recognition recognition) throws IOException {
    for (int searches = 1; ; searches++) {
      int ours = count.get();
      List<Path> found = search(recognition);
      if (found.size() == 1 || (found.size() == ours && ours == count.get())) {
        return found.get(0);
      }
      if (searches == MOST_SEARCHES) {
        throw new NotReopenableException(
            "no name leads to it, and of the descriptors in "
                + PATHS
                + " that lead to it, "
                + found.size()
                + " in all, "
                + ours
                + " are ours");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static List<Path> search(Recognition recognition) throws IOException {
    List<Path> found = new ArrayList<>(1);
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of(PATHS))) {
      for (Path descriptor : descriptors) {
        if (isOurs(descriptor, recognition)) {
          found.add(descriptor);
        }
      }
    } catch (NoSuchFileException e) {
      throw new NotReopenableException(
          "no name leads to it, and this system shows no descriptors in " + PATHS);
    }
    return found;
  }

  private static boolean isOurs(Path descriptor, Recognition recognition) throws IOException {
    try {
      return recognition.isOurs(descriptor);
    } catch (NoSuchFileException e) {
      return false; // closed meanwhile
    }
  }
}
