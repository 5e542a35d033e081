package io.github.niotmp.tck.namespace;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.FileSystemContract;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events of watched directories. */
class WatchContract extends FileSystemContract {
  private static final long PATIENCE_SECONDS = 20;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private WatchService watcher;

  @BeforeEach
  void openWatcher() throws IOException {
    watcher = fileSystem().newWatchService();
  }

  @AfterEach
  void closeWatcher() throws IOException {
    watcher.close();
  }

  @Test
  void aNewNameIsReported() throws Exception {
    WatchKey key = root().register(watcher, ENTRY_CREATE);

    Files.createDirectory(root().resolve("d"));

    assertThat(eventsOf(key)).containsExactly("ENTRY_CREATE d");
    assertThat(key.watchable()).isEqualTo(root());
  }

  @Test
  void aRemovedNameIsReported() throws Exception {
    Path file = Files.createFile(root().resolve("f"));
    WatchKey key = root().register(watcher, ENTRY_DELETE);

    Files.delete(file);

    assertThat(eventsOf(key)).containsExactly("ENTRY_DELETE f");
  }

  @Test
  void aWriteAndAChangeOfAttributesAreReported() throws Exception {
    Path file = Files.createFile(root().resolve("f"));
    WatchKey key = root().register(watcher, ENTRY_MODIFY);

    Files.writeString(file, "text");
    assertThat(eventsOf(key)).containsOnly("ENTRY_MODIFY f");

    Files.setAttribute(file, "unix:mode", 0640);
    assertThat(eventsOf(key)).containsOnly("ENTRY_MODIFY f");
  }

  @Test
  void aRenameIsReportedAsOneNameGoneAndOneCome() throws Exception {
    Path file = Files.createFile(root().resolve("f"));
    WatchKey key = root().register(watcher, ENTRY_CREATE, ENTRY_DELETE);

    Files.move(file, root().resolve("g"));

    List<String> events = eventsOf(key);
    while (events.size() < 2) {
      events.addAll(eventsOf(key));
    }
    assertThat(events).containsExactly("ENTRY_DELETE f", "ENTRY_CREATE g");
  }

  @Test
  void onlyTheKindsAskedForAreReported() throws Exception {
    WatchKey key = root().register(watcher, ENTRY_DELETE);

    Path file = Files.createFile(root().resolve("f"));
    Files.delete(file);

    assertThat(eventsOf(key)).containsExactly("ENTRY_DELETE f");
  }

  @Test
  void whatHappensInASubdirectoryIsNotReported() throws Exception {
    Path directory = Files.createDirectory(root().resolve("d"));
    WatchKey key = root().register(watcher, ENTRY_CREATE);

    Files.createFile(directory.resolve("deep"));
    Files.createFile(root().resolve("f"));

    assertThat(eventsOf(key)).containsExactly("ENTRY_CREATE f");
  }

  @Test
  void aKeyIsQueuedAgainOnlyAfterItsReset() throws Exception {
    WatchKey key = root().register(watcher, ENTRY_CREATE);
    Files.createFile(root().resolve("f"));
    assertThat(taken()).isSameAs(key);
    assertThat(key.pollEvents()).isNotEmpty();

    assertThat(watcher.poll()).isNull();
    assertThat(key.reset()).isTrue();
    Files.createFile(root().resolve("g"));

    assertThat(taken()).isSameAs(key);
  }

  @Test
  void aDirectoryHasOneKeyWhoseKindsCanChange() throws Exception {
    WatchKey key = root().register(watcher, ENTRY_DELETE);

    assertThat(root().register(watcher, ENTRY_CREATE)).isSameAs(key);
    Files.delete(Files.createFile(root().resolve("f")));

    assertThat(eventsOf(key)).containsExactly("ENTRY_CREATE f");
  }

  @Test
  void aCancelledKeyIsSilent() throws Exception {
    WatchKey key = root().register(watcher, ENTRY_CREATE);

    key.cancel();
    Files.createFile(root().resolve("f"));

    assertThat(key.isValid()).isFalse();
    assertThat(key.reset()).isFalse();
    assertThat(watcher.poll()).isNull();
  }

  @Test
  void aKeyEndsWithItsDirectory() throws Exception {
    Path directory = Files.createDirectory(root().resolve("d"));
    WatchKey key = directory.register(watcher, ENTRY_CREATE);

    Files.delete(directory);

    assertThat(taken()).isSameAs(key);
    assertThat(key.reset()).isFalse();
    assertThat(key.isValid()).isFalse();
  }

  @Test
  void whoeverIsTooSlowIsTold() throws Exception {
    WatchKey key = root().register(watcher, ENTRY_CREATE);
    for (int i = 0; i < 2_000; i++) {
      Files.createFile(root().resolve("f" + i));
    }

    List<WatchEvent<?>> events = new ArrayList<>();
    while (events.stream().noneMatch(event -> event.kind() == OVERFLOW)) {
      assertThat(taken()).isSameAs(key);
      events.addAll(key.pollEvents());
      key.reset();
      Files.createFile(root().resolve("more" + events.size() + "-" + System.nanoTime()));
    }
    assertThat(events).anyMatch(event -> event.kind() == OVERFLOW && event.context() == null);
  }

  @Test
  void onlyADirectoryIsWatchedForKnownKinds() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    assertThatThrownBy(() -> file.register(watcher, ENTRY_CREATE))
        .isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> root().resolve("missing").register(watcher, ENTRY_CREATE))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> root().register(watcher)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aClosedServiceIsOfNoUse() throws IOException {
    WatchKey key = root().register(watcher, ENTRY_CREATE);

    watcher.close();
    watcher.close();

    assertThat(key.isValid()).isFalse();
    assertThatThrownBy(watcher::poll).isInstanceOf(ClosedWatchServiceException.class);
    assertThatThrownBy(watcher::take).isInstanceOf(ClosedWatchServiceException.class);
    assertThatThrownBy(() -> root().register(watcher, ENTRY_CREATE))
        .isInstanceOf(ClosedWatchServiceException.class);
  }

  private List<String> eventsOf(WatchKey key) throws InterruptedException {
    assertThat(taken()).isSameAs(key);
    List<String> events = new ArrayList<>();
    for (WatchEvent<?> event : key.pollEvents()) {
      events.add(event.kind() + " " + event.context());
    }
    key.reset();
    return events;
  }

  private @Nullable WatchKey taken() throws InterruptedException {
    return watcher.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
