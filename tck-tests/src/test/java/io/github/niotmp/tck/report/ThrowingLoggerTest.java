package io.github.niotmp.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.TempFile;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.internal.report.Notices;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The calls of a user whose handler of java.util.logging throws. */
class ThrowingLoggerTest {
  private final Logger logger = Logger.getLogger("io.github.niotmp");
  private final boolean usesParents = logger.getUseParentHandlers();
  private final String temporary = System.getProperty("java.io.tmpdir");

  @TempDir Path directory;

  static Stream<Throwable> failures() {
    return Stream.of(
        new IllegalStateException("handler"),
        new StackOverflowError("handler"),
        new AssertionError("handler"),
        new OutOfMemoryError("handler"),
        new LinkageError("handler"),
        new IOException("handler"));
  }

  /** Throws what it is given, also a checked exception. */
  private static final class Throwing extends Handler {
    private final Throwable failure;
    private final Semaphore published = new Semaphore(0);

    Throwing(Throwable failure) {
      this.failure = failure;
    }

    @Override
    public void publish(LogRecord entry) {
      published.release();
      Throwing.<RuntimeException>fail(failure);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> void fail(Throwable failure) throws E {
      throw (E) failure;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void searchAgain() throws IOException {
    logger.setUseParentHandlers(false);
    SystemTemp.setDirectory(null);
  }

  @AfterEach
  void letGo() throws IOException {
    List.of(logger.getHandlers()).forEach(logger::removeHandler);
    logger.setUseParentHandlers(usesParents);
    System.setProperty("java.io.tmpdir", temporary);
    SystemTemp.setDirectory(null);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void itsFailureReachesNoCallAndStopsNoCleanUp(Throwable failure) throws Exception {
    Throwing handler = new Throwing(failure);
    logger.addHandler(handler);
    System.setProperty(
        "java.io.tmpdir", directory.resolve("no-" + failure.getClass().getName()).toString());

    Path kept;
    try (FileSystem tmp = TmpFileSystems.open(Map.of("spoolThreshold", 0));
        TempFile file = TempFile.create()) {
      kept = Files.write(tmp.getPath("/spilled"), new byte[10_000]);
      assertThat(handler.published.tryAcquire(1, TimeUnit.MINUTES))
          .as("the refused candidate")
          .isTrue();
      assertThat(kept).hasSize(10_000);
      Notices.warn("a line", null);
      Files.writeString(file.path(), "text");
      assertThat(handler.published.tryAcquire(1, TimeUnit.MINUTES)).as("a line of a call").isTrue();
    }
    assertThat(kept.getFileSystem().isOpen()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void itsFailureDoesNotStopTheReportOfTheNextLeak(Throwable failure) throws Exception {
    Throwing handler = new Throwing(failure);
    logger.addHandler(handler);
    try (FileSystem tmp = TmpFileSystems.open(Map.of())) {
      for (int i = 0; i < 2; i++) {
        Files.newOutputStream(tmp.getPath("/leaked" + i)); // not closed
        boolean reported = false;
        for (int round = 0; round < 600 && !reported; round++) {
          System.gc();
          reported = handler.published.tryAcquire(100, TimeUnit.MILLISECONDS);
        }
        assertThat(reported).as("leak %s", i).isTrue();
      }
      assertThat(TmpFileSystems.usage(tmp).openHandles()).isZero();
    }
  }
}
