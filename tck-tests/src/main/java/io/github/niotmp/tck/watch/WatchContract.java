package io.github.niotmp.tck.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.niotmp.tck.ConformanceKit;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The base of the watch contracts: a service and a watched directory. Tests of the Javadoc wait for
 * one event. Tests of each change use a barrier directory. After the service reports two successive
 * changes in the barrier directory, it has reported every earlier change. One is not enough: a file
 * system may relay events from keys of another service, where a key that is reset with pending
 * events moves to the end of the queue.
 */
@Needs(Feature.WATCH_SERVICE)
abstract class WatchContract extends FileSystemContract {
  private static final long NANOS_FOR_THE_REST = SECONDS.toNanos(3);

  private @Nullable WatchService service;
  private @Nullable Path directory;
  private @Nullable Path barrier;
  private @Nullable WatchKey barrierKey;
  private int barriers;
  private long lastEvent;

  @BeforeEach
  final void openService() throws IOException {
    directory = Files.createDirectory(root().resolve("watched"));
    barrier = Files.createDirectory(root().resolve("barrier"));
    service = fileSystem().newWatchService();
    lastEvent = System.nanoTime() + timeLimit().toNanos() - NANOS_FOR_THE_REST;
  }

  @AfterEach
  final void closeService() throws IOException {
    if (service != null) {
      service.close();
    }
  }

  final WatchService service() {
    return Objects.requireNonNull(service);
  }

  /** Returns the watched directory, which is empty at first. */
  final Path directory() {
    return Objects.requireNonNull(directory);
  }

  /** Returns a path in the watched directory. */
  final Path entry(String name) {
    return directory().resolve(name);
  }

  /**
   * Returns the next key, or null if no event is observed in time. All waits of a test together end
   * some seconds before its time limit.
   */
  final @Nullable WatchKey next(WatchService service) throws InterruptedException {
    return service.poll(Math.max(0, lastEvent - System.nanoTime()), NANOSECONDS);
  }

  /**
   * Waits until a key is signalled. Skips the test if no event is observed in time: the Javadoc
   * leaves the delay open, and a test of its own fails then.
   */
  final void awaitSignal(WatchKey key) throws InterruptedException {
    awaitSignal(service(), key);
  }

  /** Does so for another service. */
  final void awaitSignal(WatchService service, WatchKey key) throws InterruptedException {
    WatchKey found = next(service);
    if (found == null) {
      abort("no event in time; " + ConformanceKit.TIME_LIMIT + " raises the limit");
    }
    assertThat(Objects.equals(found, key))
        .as("the signalled key equals that of the registration")
        .isTrue();
  }

  /** Returns the keys signalled since the last call, without resetting them. */
  final Set<WatchKey> signalled() throws IOException, InterruptedException {
    Set<WatchKey> keys = new HashSet<>();
    passBarrier(keys);
    passBarrier(keys);
    return keys;
  }

  private void passBarrier(Set<WatchKey> signalled) throws IOException, InterruptedException {
    Path directoryOfBarriers = Objects.requireNonNull(barrier);
    if (barrierKey == null) {
      barrierKey = directoryOfBarriers.register(service(), ENTRY_CREATE);
    }
    WatchKey mark = barrierKey;
    Files.createFile(directoryOfBarriers.resolve("barrier-" + barriers++));
    WatchKey key = next(service());
    while (!mark.equals(key)) {
      assertThat(key).as("the key of the barrier").isNotNull();
      signalled.add(key);
      key = next(service());
    }
    mark.pollEvents();
    mark.reset();
  }

  /** Returns the events since the last call without adjacent repeats, and resets the key. */
  final List<String> events(WatchKey key) throws IOException, InterruptedException {
    Set<WatchKey> keys = signalled();
    List<String> events = new ArrayList<>();
    for (WatchEvent<?> event : key.pollEvents()) {
      String text = text(event);
      if (events.isEmpty() || !events.get(events.size() - 1).equals(text)) {
        events.add(text);
      }
    }
    if (keys.contains(key)) {
      key.reset();
    }
    return events;
  }

  static String text(WatchEvent<?> event) {
    return event.kind().name().replace("ENTRY_", "") + " " + event.context();
  }
}
