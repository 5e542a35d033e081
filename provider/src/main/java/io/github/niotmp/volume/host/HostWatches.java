package io.github.niotmp.volume.host;

import io.github.niotmp.internal.cleanup.LibraryThreads;
import io.github.niotmp.volume.DirectoryHandle.Watch;
import io.github.niotmp.volume.DirectoryListener;
import io.github.niotmp.volume.DirectoryListener.Change;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
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
 * Passes on what the host's watch service says, in a thread that is there only while somebody
 * watches. Safe for use by any number of threads.
 */
final class HostWatches {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<WatchKey, List<DirectoryListener>> listeners = new HashMap<>();
  private @Nullable WatchService service;

  /** Tells {@code listener} of changes in a directory until the watch is closed. */
  Watch add(Path directory, DirectoryListener listener) throws IOException {
    lock.lock();
    try {
      WatchService running = service;
      if (running == null) {
        running = start(directory);
      }
      WatchKey key =
          directory.register(
              running,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_DELETE,
              StandardWatchEventKinds.ENTRY_MODIFY);
      listeners.computeIfAbsent(key, none -> new CopyOnWriteArrayList<>()).add(listener);
      return () -> remove(key, listener);
    } finally {
      stopUnlessNeeded(); // the host may have refused the only watch
      lock.unlock();
    }
  }

  private WatchService start(Path directory) throws IOException {
    WatchService started = directory.getFileSystem().newWatchService();
    service = started;
    LibraryThreads.daemon("nio-tmp-watch", () -> run(started)).start();
    return started;
  }

  private void remove(WatchKey key, DirectoryListener listener) {
    lock.lock();
    try {
      List<DirectoryListener> told = listeners.get(key);
      if (told != null && told.remove(listener) && told.isEmpty()) {
        listeners.remove(key);
        key.cancel();
        stopUnlessNeeded();
      }
    } finally {
      lock.unlock();
    }
  }

  private void stopUnlessNeeded() {
    WatchService running = service;
    if (running != null && listeners.isEmpty()) {
      service = null;
      try {
        running.close();
      } catch (IOException e) {
        System.getLogger("io.github.niotmp")
            .log(Level.WARNING, "The watch service of the host cannot be closed", e);
      }
    }
  }

  private void run(WatchService running) {
    try {
      while (true) {
        WatchKey key = running.take();
        tellAll(key);
        if (!key.reset()) {
          tellAll(key); // what came before the end
          gone(key);
        }
      }
    } catch (ClosedWatchServiceException | InterruptedException e) {
      // nobody watches any more
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
    lock.lock();
    try {
      told = listeners.remove(key);
      stopUnlessNeeded();
    } finally {
      lock.unlock();
    }
    if (told != null) {
      told.forEach(DirectoryListener::gone);
    }
  }

  /** Tells all that no more events follow. */
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
