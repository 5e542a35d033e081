package io.github.niotmp.tck.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TempResource;
import io.github.niotmp.TmpFileSystems;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the API hands out and nobody closes. */
@Timeout(120)
class CollectedOwnersTest {
  private static final String TRACKING = "io.github.niotmp.trackOpeners";

  private final LoggedWarnings log = new LoggedWarnings();
  private final FileSystem tmp;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path disk;

  CollectedOwnersTest() throws IOException {
    tmp = TmpFileSystems.open("owners", Map.of());
  }

  /** What can be forgotten. */
  enum Kind {
    NAMED_FILE("TempFile"),
    UNNAMED_FILE("TempFile"),
    DIRECTORY("TempDirectory"),
    RESOURCE("TempResource");

    final String type;

    Kind(String type) {
      this.type = type;
    }

    Closeable make(TempOptions options) throws IOException {
      return switch (this) {
        case NAMED_FILE -> TempFile.create(options);
        case UNNAMED_FILE -> TempFile.createUnnamed(options);
        case DIRECTORY -> {
          TempDirectory made = TempDirectory.create(options);
          Files.createFile(made.resolve("entry"));
          yield made;
        }
        case RESOURCE ->
            TempResource.create(
                options,
                path ->
                    FileChannel.open(
                        path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
      };
    }
  }

  @BeforeEach
  void noTracking() {
    System.clearProperty(TRACKING);
  }

  @AfterEach
  void close() throws IOException {
    System.clearProperty(TRACKING);
    tmp.close();
    log.close();
  }

  @ParameterizedTest
  @EnumSource
  void isRemovedFromATmpFileSystemAndReportedOnce(Kind kind) throws Exception {
    Path directory = Files.createDirectory(tmp.getPath("/d"));
    boolean byTheChannel = kind == Kind.UNNAMED_FILE;
    assertRemovedAndReportedOnce(
        kind, directory, byTheChannel ? "/d in tmp://owners" : directory.toUri().toString());
    awaitNoFile(); // the handle of an unnamed one is freed by another thread than reports it
    assertThat(TmpFileSystems.usage(tmp).openHandles()).isZero();
  }

  /** The collector enqueues in no order. */
  private static void awaitGone(Path name) {
    long start = System.nanoTime();
    while (Files.exists(name)) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
      System.gc();
    }
  }

  private void awaitNoFile() {
    long start = System.nanoTime();
    while (TmpFileSystems.usage(tmp).files() > 0) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isRemovedFromTheDiskAndReportedOnce(Kind kind) throws Exception {
    assertRemovedAndReportedOnce(kind, disk, disk.toUri().toString());
  }

  private void assertRemovedAndReportedOnce(Kind kind, Path directory, String place)
      throws Exception {
    forget(kind, directory);

    LogRecord leak = log.collectUntil(place);

    assertThat(directory).isEmptyDirectory();
    assertThat(leak.getMessage())
        .startsWith(kind.type)
        .matches(
            ".+ was collected before it was closed; (the setting trackOpeners, or )?-D"
                + TRACKING
                + "=true,? tells where it was (made|opened)");
    forgetAnother(); // a second report of the first would come before this one's
    assertThat(log.containing(place)).containsExactly(leak);
  }

  @ParameterizedTest
  @EnumSource
  void isReportedWithTheStackThatMadeItIfThatIsTracked(Kind kind) throws Exception {
    System.setProperty(TRACKING, "true");
    forget(kind, disk);

    LogRecord leak = log.collectUntil(disk.toUri().toString());

    assertThat(leak.getThrown())
        .hasMessageStartingWith(kind.type)
        .hasMessageEndingWith(" was made here, by " + Thread.currentThread())
        .hasStackTraceContaining("CollectedOwnersTest.forget");
    assertThat(leak.getMessage()).doesNotContain(TRACKING);
  }

  @ParameterizedTest
  @EnumSource
  void isNotReportedIfItWasClosedOrIsKept(Kind kind) throws Exception {
    kind.make(options(disk)).close();
    kind.make(options(disk).cleanup(false)).close();

    forgetAnother();

    assertThat(log.containing(disk.toUri().toString())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isNoLeakIfItWentWithItsFileSystem(Kind kind) throws Exception {
    try (FileSystem closed = TmpFileSystems.open("closed", Map.of())) {
      forget(kind, closed.getPath("/"));
    }
    forgetAnother();

    assertThat(log.containing("tmp://closed/"))
        .filteredOn(each -> each.getMessage().startsWith(kind.type))
        .isEmpty();
  }

  @Test
  void whatCannotBeRemovedIsReportedWithTheReason() throws Exception {
    String name = forgetReplaced();

    LogRecord report = log.collectUntil("could not be removed");

    assertThat(report.getMessage()).startsWith("TempFile ").contains(name);
    assertThat(report.getThrown()).isInstanceOf(DirectoryNotEmptyException.class);
    assertThat(disk.resolve(name).resolve("in the way")).isDirectory();
  }

  @ParameterizedTest
  @EnumSource(names = {"NAMED_FILE", "RESOURCE"})
  void isNotCalledUnclosedIfItsCloseHasFailed(Kind kind) throws Exception {
    Path name = closeReplaced(kind);

    LogRecord report = log.collectUntil("could not be removed");

    assertThat(report.getMessage())
        .startsWith(kind.type)
        .contains(name.toUri().toString(), "was closed, but could not be removed");
    assertThat(report.getThrown()).isInstanceOf(DirectoryNotEmptyException.class);
    forgetAnother();
    assertThat(log.containing(disk.toUri().toString())).containsExactly(report);
  }

  @Test
  void isRemovedOnceItIsCollectedIfItsCloseHasFailed() throws Exception {
    Path name = closeReplaced(Kind.NAMED_FILE);
    Files.delete(name.resolve("in the way"));

    awaitGone(name);
    forgetAnother();

    assertThat(log.containing(disk.toUri().toString())).isEmpty();
  }

  /** Closes an owner in whose place a directory with an entry stands; returns its path. */
  private Path closeReplaced(Kind kind) throws IOException {
    Closeable made = kind.make(options(disk));
    Path name;
    try (Stream<Path> all = Files.list(disk)) {
      name = all.findFirst().orElseThrow();
    }
    Files.delete(name);
    Files.createDirectories(name.resolve("in the way"));
    assertThatThrownBy(made::close).isInstanceOf(DirectoryNotEmptyException.class);
    return name;
  }

  @Test
  void isRemovedThoughTheLoggerFails() throws Exception {
    log.failWith(new IllegalStateException("no log"));
    forget(Kind.DIRECTORY, disk);
    long start = System.nanoTime();
    while (isFull(disk)) {
      System.gc();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
      Thread.onSpinWait();
    }
    log.failWith(null);

    forgetAnother(); // the thread that collects is still there
  }

  private static boolean isFull(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isPresent();
    }
  }

  @Test
  void isNotReportedIfItsCleanupWasSwitchedOff() throws Exception {
    Path kept = keepAndForget();

    forgetAnother();

    assertThat(kept).isDirectory();
    assertThat(log.containing(disk.toUri().toString())).isEmpty();
  }

  private Path keepAndForget() throws IOException {
    TempDirectory made = TempDirectory.create(options(disk));
    made.cleanup(false);
    return made.path();
  }

  /** Forgets a file in whose place somebody has put a directory; returns the name. */
  private String forgetReplaced() throws IOException {
    TempFile made = TempFile.create(options(disk));
    Files.delete(made.path());
    Files.createDirectories(made.path().resolve("in the way"));
    return String.valueOf(made.path().getFileName());
  }

  @ParameterizedTest
  @EnumSource
  void canBeClosedAfterItsFileSystem(Kind kind) throws Exception {
    Closeable made;
    try (FileSystem closed = TmpFileSystems.open("closed", Map.of())) {
      made = kind.make(options(closed.getPath("/")));
    }
    made.close();
  }

  @Test
  void aFileInATmpFileSystemStaysAsLongAsItsChannelIsHeld() throws Exception {
    Path directory = Files.createDirectory(tmp.getPath("/d"));
    holdAChannelWhileOthersAreCollected(directory);

    log.collectUntil("TempFile");
    assertThat(directory).isEmptyDirectory();
  }

  private void holdAChannelWhileOthersAreCollected(Path directory) throws Exception {
    try (Channel held = TempFile.create(options(directory)).channel()) {
      forgetAnother();

      assertThat(held.isOpen()).isTrue();
      assertThat(directory).isNotEmptyDirectory();
    }
  }

  private void forgetAnother() throws Exception {
    Path directory = Files.createDirectory(tmp.getPath("/another"));
    forget(Kind.DIRECTORY, directory);
    log.collectUntil(directory.toUri().toString());
  }

  private static TempOptions options(Path directory) {
    return TempOptions.defaults().directory(directory);
  }

  private static void forget(Kind kind, Path directory) throws IOException {
    kind.make(options(directory));
  }
}
