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
 * <p>A thread holds the lock while it closes such a descriptor, and while it searches {@code
 * /proc/self/fd} for one and uses the path that it found. So the number of a found descriptor
 * cannot become that of another file meanwhile. The application can close its own descriptors on
 * the file at any time; the search succeeds only if it can tell them from ours.
 */
final class InodeDescriptors {
  private static final String PATHS = "/proc/self/fd";

  /**
   * The limit of searches, because another thread may have opened the file but not registered it
   * yet.
   */
  private static final int MOST_SEARCHES = 20;

  private static final long PAUSE_NANOS = 100_000;

  /** The open files by key. Equal keys mean the same file. */
  private static final ConcurrentHashMap<Object, InodeDescriptors> OPEN = new ConcurrentHashMap<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final @Nullable Object key;

  /** Becomes 0 only within {@code compute}, which then removes the entry. */
  private final AtomicInteger count = new AtomicInteger();

  private InodeDescriptors(@Nullable Object key) {
    this.key = key;
  }

  /**
   * Registers a descriptor that has just been opened.
   *
   * @param key the file key; null if it is not known, and then other channels do not share the
   *     result
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

  /** Closes a registered channel; called once for each. */
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

  /** I/O during which no thread closes a descriptor of ours on the file. */
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
   * Returns the path of a descriptor of ours. It stays valid while the caller holds the lock and a
   * registered channel is open.
   *
   * @throws NotReopenableException if the system shows no descriptors, or descriptors of the
   *     application lead to the file too
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
                + " are of nio-tmp; close the others");
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
