package io.github.niotmp.watch;

import io.github.niotmp.internal.report.Notices;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.DirectoryHandle;
import io.github.niotmp.volume.DirectoryHandle.Watch;
import io.github.niotmp.volume.Handle;
import io.github.niotmp.volume.HandleReference;
import io.github.niotmp.volume.OpenHandles;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.AccessMode;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A watch service without polling: the thread that changes a directory queues the event before its
 * call returns. The service needs no thread of its own.
 *
 * <p>Lock order: the volume's lock, a key's lock, {@link #queue}. The service calls the volume
 * without any lock held, because the volume's host may be any provider.
 */
public final class TmpWatchService implements WatchService, Handle {
  private final WatchReference reference;

  /** The valid keys by the file key of their directory. */
  private final Map<Object, TmpWatchKey> keys = new ConcurrentHashMap<>();

  private final ReentrantLock queue = new ReentrantLock();
  private final Condition signalled = queue.newCondition();
  private final Queue<TmpWatchKey> pending = new ArrayDeque<>();
  private volatile boolean closed;

  /** Keeps the file system from being collected before this service. */
  @SuppressWarnings({"unused", "FieldCanBeLocal"}) // a strong reference is its purpose
  private final Object fileSystem;

  private TmpWatchService(OpenHandles resources, Object fileSystem) {
    this.reference = new WatchReference(this, resources);
    this.fileSystem = fileSystem;
  }

  /**
   * Opens a watch service, which its file system closes.
   *
   * @param fileSystem stays reachable as long as the service
   * @throws java.nio.file.ClosedFileSystemException if the file system is already closed
   */
  public static TmpWatchService open(OpenHandles resources, Object fileSystem) throws IOException {
    return resources.add(new TmpWatchService(resources, fileSystem));
  }

  /**
   * Watches a directory; changes the kinds of an existing registration.
   *
   * @param directory a link to a directory is followed
   * @param base the start of a relative path
   * @throws UnsupportedOperationException if a kind or a modifier is unknown
   * @throws IllegalArgumentException if {@code kinds} is empty or has only {@code OVERFLOW}
   * @throws java.nio.file.NotDirectoryException if the file is not a directory
   * @throws ClosedWatchServiceException if this service is closed
   */
  public WatchKey register(
      TmpPath directory,
      DirectoryHandle base,
      WatchEvent.Kind<?>[] kinds,
      WatchEvent.Modifier... modifiers)
      throws IOException {
    EventMask mask = EventMask.of(kinds);
    EventMask.checkModifiers(modifiers);
    ensureOpen();
    base.readAttributes(directory, true); // a path through a file fails as NoSuchFileException
    DirectoryHandle watched = base.openDirectory(directory, true);
    base.checkAccess(directory, AccessMode.READ);
    TmpPath self = TmpPath.of(directory.owner(), "");
    Object fileKey = watched.readAttributes(self, true).fileKey();
    TmpWatchKey key = new TmpWatchKey(this, directory, fileKey, mask);
    TmpWatchKey known = keys.putIfAbsent(fileKey, key);
    if (known != null) {
      known.watchFor(mask);
      known.awaitWatching();
      return known;
    }
    boolean watching = false;
    try {
      Watch watch = watched.watch(self, new KeyListener(key));
      watching = true;
      begin(key, watch);
      return key;
    } finally {
      if (!watching) {
        key.stop();
      }
    }
  }

  /** Attaches the volume's reports to the key; ends them if the key or this service has ended. */
  private void begin(TmpWatchKey key, Watch watch) {
    reference.begun(key.fileKey(), watch);
    if (closed) {
      key.stop();
    }
    if (!key.watching(watch)) {
      reference.ended(key.fileKey());
      watch.close();
      ensureOpen();
    }
  }

  /** Cancels a key for its user. */
  void cancel(TmpWatchKey key) {
    try {
      key.stop();
    } finally {
      Notices.deliver();
    }
  }

  /** Removes an invalid key. */
  void forget(TmpWatchKey key) {
    keys.remove(key.fileKey(), key);
    reference.ended(key.fileKey());
  }

  /** Queues a signalled key and wakes one thread that waits for a key. */
  void enqueue(TmpWatchKey key) {
    queue.lock();
    try {
      pending.add(key);
      signalled.signal();
    } finally {
      queue.unlock();
    }
  }

  @Override
  public @Nullable WatchKey poll() {
    queue.lock();
    try {
      ensureOpen();
      return pending.poll();
    } finally {
      queue.unlock();
    }
  }

  @Override
  public @Nullable WatchKey poll(long timeout, TimeUnit unit) throws InterruptedException {
    long left = unit.toNanos(timeout);
    queue.lockInterruptibly();
    try {
      ensureOpen();
      while (pending.isEmpty() && left > 0) {
        left = signalled.awaitNanos(left);
        ensureOpen();
      }
      return pending.poll();
    } finally {
      queue.unlock();
    }
  }

  @Override
  public WatchKey take() throws InterruptedException {
    queue.lockInterruptibly();
    try {
      ensureOpen();
      while (pending.isEmpty()) {
        signalled.await();
        ensureOpen();
      }
      return pending.remove();
    } finally {
      queue.unlock();
    }
  }

  @Override
  public void close() {
    queue.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      pending.clear();
      signalled.signalAll();
    } finally {
      queue.unlock();
    }
    try {
      keys.values().forEach(TmpWatchKey::stop); // begin() stops a key that is added later
    } finally {
      reference.closed();
      Notices.deliver();
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public HandleReference reference() {
    return reference;
  }

  private void ensureOpen() {
    if (closed) {
      throw new ClosedWatchServiceException();
    }
  }
}
