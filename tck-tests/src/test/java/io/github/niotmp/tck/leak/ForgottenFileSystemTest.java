package io.github.niotmp.tck.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Map;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file system without a name that nobody closes. */
@Timeout(120)
class ForgottenFileSystemTest {
  private final LoggedWarnings log = new LoggedWarnings();

  @TempDir Path disk;

  /** What keeps a file system open. */
  enum Keeper {
    FILE_SYSTEM,
    PATH,
    CHANNEL,
    STREAM,
    DIRECTORY_STREAM,
    WATCH_SERVICE,
    STORE,
    VIEW,
    READ_ONLY_VIEW;

    @SuppressWarnings("StreamResourceLeak") // the caller keeps it open
    Object of(Path file) throws IOException {
      FileSystem fileSystem = file.getFileSystem();
      return switch (this) {
        case FILE_SYSTEM -> fileSystem;
        case PATH -> file;
        case CHANNEL -> FileChannel.open(file, StandardOpenOption.WRITE);
        case STREAM -> Files.newInputStream(file);
        case DIRECTORY_STREAM -> Files.newDirectoryStream(file.getParent());
        case WATCH_SERVICE -> fileSystem.newWatchService();
        case STORE -> Files.getFileStore(file);
        case VIEW -> Files.getFileAttributeView(file, BasicFileAttributeView.class);
        case READ_ONLY_VIEW -> TmpFileSystems.readOnly(fileSystem);
      };
    }
  }

  @AfterEach
  void close() {
    log.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void isFreedAndReportedOnce(String storage) throws Exception {
    URI uri = forget(storage, false);

    LogRecord reported = log.collectUntil("was collected before it was closed");

    assertThat(reported.getMessage())
        .matches(
            "tmp://[^ ]+ was collected before it was closed; the setting trackOpeners, or"
                + " -Dio\\.github\\.niotmp\\.trackOpeners=true, tells where it was opened");
    assertThat(log.containing("was collected")).hasSize(1);
    assertThat(isEmpty(disk)).isTrue();
    assertThatExceptionOfType(FileSystemNotFoundException.class)
        .isThrownBy(() -> TmpFileSystems.path(uri));
  }

  @Test
  void theReportTellsWhereItWasOpened() throws Exception {
    forget("spooled", true);

    LogRecord reported = log.collectUntil("was collected before it was closed");

    assertThat(reported.getThrown())
        .hasMessageStartingWith("tmp://")
        .hasMessageEndingWith(" was opened here, by " + Thread.currentThread().getName())
        .hasStackTraceContaining("ForgottenFileSystemTest.forget");
  }

  @ParameterizedTest
  @EnumSource
  void isNotFreedWhileSomethingLeadsToIt(Keeper keeper) throws Exception {
    Map.Entry<URI, Object> kept = keep(keeper);
    forget("spooled", false);

    log.collectUntil("was collected before it was closed"); // the other one

    assertThat(TmpFileSystems.path(kept.getKey())).exists();
    assertThat(kept.getValue()).isNotNull();
    TmpFileSystems.path(kept.getKey()).getFileSystem().close();
  }

  /** Returns where a file of a new file system is, and the object that leads to it. */
  private static Map.Entry<URI, Object> keep(Keeper keeper) throws Exception {
    Path file = Files.createFile(TmpFileSystems.open(Map.of()).getPath("/file"));
    return Map.entry(file.toUri(), keeper.of(file));
  }

  @Test
  void oneThatIsClosedIsNotReported() throws Exception {
    openAndClose();
    forget("spooled", true);

    log.collectUntil("was collected before it was closed");

    assertThat(log.containing("was collected")).hasSize(1);
  }

  private static void openAndClose() throws IOException {
    try (FileSystem closed = TmpFileSystems.open(Map.of())) {
      Files.createFile(closed.getPath("/file"));
    }
  }

  private boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  /** Uses all that could keep the file system from being collected. */
  private URI forget(String storage, boolean tracking) throws IOException {
    FileSystem forgotten =
        TmpFileSystems.open(
            Map.of(
                "storage", storage, "directory", disk, "trackOpeners", tracking, "mxbean", true));
    Path file = Files.write(forgotten.getPath("/file"), new byte[2 << 20]);
    Files.createSymbolicLink(forgotten.getPath("/link"), file);
    try (WatchService watch = forgotten.newWatchService()) {
      forgotten.getPath("/").register(watch, StandardWatchEventKinds.ENTRY_CREATE);
    }
    TmpFileSystems.readOnly(forgotten);
    return file.toUri();
  }
}
