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
 * A watch service that is told of changes rather than looking for them: it needs no thread, and an
 * event is there once the call that caused it has returned.
 *
 * <p>Locks are taken in this order: the volume's, a key's, {@link #queue}. The volume, whose host
 * may be any provider, is called with no lock held.
 */
public final class TmpWatchService implements WatchService, Handle {
  private final WatchReference reference;

  /** The valid keys by the file key of their directory. */
  private final Map<Object, TmpWatchKey> keys = new ConcurrentHashMap<>();

  private final ReentrantLock queue = new ReentrantLock();
  private final Condition signalled = queue.newCondition();
  private final Queue<TmpWatchKey> pending = new ArrayDeque<>();
  private volatile boolean closed;

  /** Is not collected before this. */
  @SuppressWarnings({"unused", "FieldCanBeLocal"}) // there to be referred to
  private final Object fileSystem;

  private TmpWatchService(OpenHandles resources, Object fileSystem) {
    this.reference = new WatchReference(this, resources);
    this.fileSystem = fileSystem;
  }

  /**
   * Opens a watch service, which is closed with its file system.
   *
   * @param fileSystem is kept from being collected as long as the service is not
   * @throws java.nio.file.ClosedFileSystemException if that is closed already
   */
  public static TmpWatchService open(OpenHandles resources, Object fileSystem) throws IOException {
    return resources.add(new TmpWatchService(resources, fileSystem));
  }

  /**
   * Watches a directory, or changes what is watched for in one that is watched already.
   *
   * @param directory a link to a directory is followed
   * @param base where a relative path starts
   * @throws UnsupportedOperationException if a kind or a modifier is not a known one
   * @throws IllegalArgumentException if there is no kind, but perhaps {@code OVERFLOW}
   * @throws java.nio.file.NotDirectoryException if it is no directory
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
    base.readAttributes(directory, true); // a path through a file names no file at all
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

  /** Begins to pass on the reports of the volume, unless the key or this service has ended. */
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

  /** Stops a key, which the user no longer wants. */
  void cancel(TmpWatchKey key) {
    try {
      key.stop();
    } finally {
      Notices.deliver();
    }
  }

  /** Forgets a key that is no longer valid. */
  void forget(TmpWatchKey key) {
    keys.remove(key.fileKey(), key);
    reference.ended(key.fileKey());
  }

  /** Hands a key that is signalled to who waits for one. */
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
      keys.values().forEach(TmpWatchKey::stop); // a key that comes later stops itself
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
