package io.github.niotmp.volume.host;

import io.github.niotmp.internal.report.Notices;
import io.github.niotmp.internal.thread.LibraryThreads;
import io.github.niotmp.volume.DirectoryHandle.Watch;
import io.github.niotmp.volume.DirectoryListener;
import io.github.niotmp.volume.DirectoryListener.Change;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The watches of one volume. A daemon thread passes the events of the host's watch service on to
 * the listeners; it runs only while a watch is open.
 *
 * <p>The lock guards the fields alone. No thread calls the host's provider, which may be any code,
 * with the lock held, except to cancel a key of the default provider. An unused key of another
 * provider stays valid until the service closes. Safe for use by any number of threads.
 */
final class HostWatches {
  private static final int MOST_TRIES = 100;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<WatchKey, List<DirectoryListener>> listeners = new HashMap<>();
  private @Nullable WatchService service;

  /** How many threads are about to add a listener to a key of the service. */
  private int adding;

  /** Tells {@code listener} of changes in a directory until the watch is closed. */
  Watch add(Path directory, DirectoryListener listener) throws IOException {
    WatchService running = enter(directory);
    try {
      for (int tries = 1; ; tries++) {
        WatchKey key =
            directory.register(
                running,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_DELETE,
                StandardWatchEventKinds.ENTRY_MODIFY);
        put(key, listener);
        if (key.isValid() || tries == MOST_TRIES) {
          return () -> remove(key, listener);
        }
        take(key, listener); // another thread cancelled the key, or the directory was removed
      }
    } finally {
      leave(); // stops the service if the host refused its only watch
    }
  }

  private void put(WatchKey key, DirectoryListener listener) {
    lock.lock();
    try {
      listeners.computeIfAbsent(key, none -> new CopyOnWriteArrayList<>()).add(listener);
    } finally {
      lock.unlock();
    }
  }

  /** Returns the service, which stays open until {@link #leave}. */
  private WatchService enter(Path directory) throws IOException {
    WatchService running;
    lock.lock();
    try {
      adding++;
      running = service;
    } finally {
      lock.unlock();
    }
    if (running != null) {
      return running;
    }
    try {
      return start(directory);
    } catch (IOException | RuntimeException | Error e) {
      leave();
      throw e;
    }
  }

  private WatchService start(Path directory) throws IOException {
    WatchService started = directory.getFileSystem().newWatchService();
    WatchService faster;
    lock.lock();
    try {
      faster = service;
      if (faster == null) {
        service = started;
      }
    } finally {
      lock.unlock();
    }
    if (faster != null) {
      stop(started);
      return faster;
    }
    LibraryThreads.daemon("nio-tmp-watch", () -> run(started)).start();
    return started;
  }

  private void leave() {
    WatchService last;
    lock.lock();
    try {
      adding--;
      last = takeUnneeded();
    } finally {
      lock.unlock();
    }
    stop(last);
  }

  private void remove(WatchKey key, DirectoryListener listener) {
    WatchService last;
    lock.lock();
    try {
      take(key, listener);
      last = takeUnneeded();
    } finally {
      lock.unlock();
    }
    stop(last);
  }

  private void take(WatchKey key, DirectoryListener listener) {
    lock.lock();
    try {
      List<DirectoryListener> told = listeners.get(key);
      if (told != null && told.remove(listener) && told.isEmpty()) {
        listeners.remove(key);
        if (isOfDefault(key)) {
          key.cancel();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private static boolean isOfDefault(WatchKey key) {
    return key.watchable() instanceof Path path && path.getFileSystem() == FileSystems.getDefault();
  }

  /** Takes and returns the service if it is unused, or returns null. The caller holds the lock. */
  private @Nullable WatchService takeUnneeded() {
    WatchService running = service;
    if (running == null || adding > 0 || !listeners.isEmpty()) {
      return null;
    }
    service = null;
    return running;
  }

  private static void stop(@Nullable WatchService last) {
    if (last != null) {
      try {
        last.close();
      } catch (IOException | RuntimeException e) {
        Notices.warn("The watch service of the host cannot be closed", e);
      }
    }
  }

  private void run(WatchService running) {
    try {
      while (true) {
        WatchKey key = running.take();
        tellAll(key);
        if (!key.reset()) {
          tellAll(key); // events from before the key became invalid
          gone(key);
        }
      }
    } catch (ClosedWatchServiceException | InterruptedException e) {
      // the last watch was closed
    } finally {
      Notices.deliverHere();
    }
  }

  private void tellAll(WatchKey key) {
    for (WatchEvent<?> event : key.pollEvents()) {
      tell(key, event);
    }
  }

  private void tell(WatchKey key, WatchEvent<?> event) {
    Change change = change(event.kind());
    if (change != null && event.context() instanceof Path name) {
      for (int i = 0; i < event.count(); i++) {
        told(key).forEach(listener -> listener.changed(change, name.toString()));
      }
    } else {
      told(key).forEach(DirectoryListener::overflowed);
    }
  }

  private static @Nullable Change change(WatchEvent.Kind<?> kind) {
    if (kind == StandardWatchEventKinds.ENTRY_CREATE) {
      return Change.CREATED;
    }
    if (kind == StandardWatchEventKinds.ENTRY_DELETE) {
      return Change.DELETED;
    }
    return kind == StandardWatchEventKinds.ENTRY_MODIFY ? Change.MODIFIED : null;
  }

  private List<DirectoryListener> told(WatchKey key) {
    lock.lock();
    try {
      return listeners.getOrDefault(key, List.of());
    } finally {
      lock.unlock();
    }
  }

  private void gone(WatchKey key) {
    List<DirectoryListener> told;
    WatchService last;
    lock.lock();
    try {
      told = listeners.remove(key);
      last = takeUnneeded();
    } finally {
      lock.unlock();
    }
    stop(last);
    if (told != null) {
      told.forEach(DirectoryListener::gone);
    }
  }

  /** Tells all listeners that no more events follow. */
  void close() {
    List<WatchKey> keys;
    lock.lock();
    try {
      keys = List.copyOf(listeners.keySet());
    } finally {
      lock.unlock();
    }
    keys.forEach(this::gone);
  }
}
