package io.github.niotmp.tck.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

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
 * The base of the watch contracts: a service, a watched directory and a barrier directory. After
 * the service reports two successive changes in the barrier directory, it has reported every
 * earlier change. One is not enough: a file system may relay events from keys of another service,
 * where a key that is reset with pending events moves to the end of the queue.
 */
@Needs(Feature.WATCHES_EACH_CHANGE)
abstract class WatchContract extends FileSystemContract {
  private @Nullable WatchService service;
  private @Nullable Path directory;
  private @Nullable Path barrier;
  private @Nullable WatchKey barrierKey;
  private int barriers;

  @BeforeEach
  final void openService() throws IOException {
    directory = Files.createDirectory(root().resolve("watched"));
    barrier = Files.createDirectory(root().resolve("barrier"));
    service = fileSystem().newWatchService();
    barrierKey = barrier.register(service, ENTRY_CREATE);
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

  /** Returns the keys signalled since the last call, without resetting them. */
  final Set<WatchKey> signalled() throws IOException, InterruptedException {
    Set<WatchKey> keys = new HashSet<>();
    passBarrier(keys);
    passBarrier(keys);
    return keys;
  }

  private void passBarrier(Set<WatchKey> signalled) throws IOException, InterruptedException {
    WatchKey mark = Objects.requireNonNull(barrierKey);
    Files.createFile(Objects.requireNonNull(barrier).resolve("barrier-" + barriers++));
    while (true) {
      WatchKey key = service().poll(60, SECONDS);
      assertThat(key).as("the key of the barrier").isNotNull();
      if (mark.equals(key)) {
        mark.pollEvents();
        mark.reset();
        return;
      }
      signalled.add(key);
    }
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
