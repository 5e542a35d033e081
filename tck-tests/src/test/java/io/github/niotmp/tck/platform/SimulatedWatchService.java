package io.github.niotmp.tck.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.Watchable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Watches real directories for a simulated file system. */
final class SimulatedWatchService implements WatchService {
  private final WatchService real;
  private final SimulatedFileSystem fileSystem;
  private final Map<WatchKey, WatchKey> keys = new ConcurrentHashMap<>();

  SimulatedWatchService(WatchService real, SimulatedFileSystem fileSystem) {
    this.real = real;
    this.fileSystem = fileSystem;
  }

  WatchKey register(
      Path asked, Path found, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
      throws IOException {
    WatchKey key = found.register(real, events, modifiers);
    return keys.computeIfAbsent(key, there -> new Key(there, asked));
  }

  private @Nullable WatchKey wrap(@Nullable WatchKey key) {
    return key == null ? null : keys.getOrDefault(key, key);
  }

  @Override
  public void close() throws IOException {
    real.close();
  }

  @Override
  public @Nullable WatchKey poll() {
    return wrap(real.poll());
  }

  @Override
  public @Nullable WatchKey poll(long timeout, TimeUnit unit) throws InterruptedException {
    return wrap(real.poll(timeout, unit));
  }

  @Override
  public WatchKey take() throws InterruptedException {
    WatchKey key = real.take();
    return keys.getOrDefault(key, key);
  }

  /** A key that tells of simulated paths. */
  private final class Key implements WatchKey {
    private final WatchKey there;
    private final Path asked;

    Key(WatchKey there, Path asked) {
      this.there = there;
      this.asked = asked;
    }

    @Override
    public boolean isValid() {
      return there.isValid();
    }

    @Override
    public List<WatchEvent<?>> pollEvents() {
      return there.pollEvents().stream().<WatchEvent<?>>map(Event::new).toList();
    }

    @Override
    public boolean reset() {
      return there.reset();
    }

    @Override
    public void cancel() {
      there.cancel();
    }

    @Override
    public Watchable watchable() {
      return asked;
    }
  }

  /** An event about a simulated path. */
  private final class Event implements WatchEvent<Object> {
    private final WatchEvent<?> there;

    Event(WatchEvent<?> there) {
      this.there = there;
    }

    @Override
    @SuppressWarnings("unchecked") // a kind of paths, or of anything
    public Kind<Object> kind() {
      return (Kind<Object>) there.kind();
    }

    @Override
    public int count() {
      return there.count();
    }

    @Override
    public @Nullable Object context() {
      return there.context() instanceof Path path ? fileSystem.wrap(path) : there.context();
    }
  }
}
