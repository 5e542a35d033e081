package io.github.niotmp.tck.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TempFile;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.internal.search.UserDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A log handler that waits for another thread, which uses the very file whose operation is
 * reported: whatever lock was held would be waited for.
 */
@Timeout(60)
class LoggersHoldNoLockTest {
  @TempDir Path disk;

  private final Logger logger = Logger.getLogger("io.github.niotmp");
  private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();

  /** Has the handler do something in another thread, and wait for that. */
  private void waitFor(Step step) {
    logger.setFilter(
        entry -> {
          FutureTask<Object> other =
              new FutureTask<>(
                  () -> {
                    step.run();
                    return step;
                  });
          Thread thread = new Thread(other);
          thread.setDaemon(true);
          thread.start();
          try {
            other.get(20, TimeUnit.SECONDS);
            handled.add(entry.getMessage());
          } catch (Exception e) {
            handled.add("while " + entry.getMessage() + ": " + e);
          }
          return false;
        });
  }

  private interface Step {
    void run() throws Exception;
  }

  @AfterEach
  void letGo() {
    logger.setFilter(null);
  }

  /** Lets the next file on the disk be reported, because something foreign lies beside it. */
  private Path stranger() throws IOException {
    UserDirectory root = UserDirectory.in(disk);
    root.create();
    return Files.createFile(root.path().resolve("stranger"));
  }

  private FileSystem open(long threshold, long budget) throws IOException {
    return TmpFileSystems.open(
        Map.of("directory", disk, "spoolThreshold", threshold, "memoryBudget", budget));
  }

  /** Something that moves the file "/f" to the disk. */
  private interface Rollover {
    void of(Path file) throws Exception;
  }

  private static Stream<String> rollovers() {
    return ROLLOVERS.keySet().stream();
  }

  private static final Map<String, Rollover> ROLLOVERS = new LinkedHashMap<>();

  static {
    ROLLOVERS.put("Files.write", file -> Files.write(file, new byte[5000]));
    ROLLOVERS.put(
        "channel write",
        file -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(5000));
          }
        });
    ROLLOVERS.put(
        "write at a position",
        file -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(5000), 10);
          }
        });
    ROLLOVERS.put(
        "gathering write",
        file -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(new ByteBuffer[] {ByteBuffer.allocate(5000), ByteBuffer.allocate(1)});
          }
        });
    ROLLOVERS.put(
        "transfer",
        file -> {
          Path source = Files.write(file.resolveSibling("source"), new byte[900]);
          try (FileChannel from = FileChannel.open(source);
              FileChannel to = FileChannel.open(file, StandardOpenOption.WRITE)) {
            to.transferFrom(from, 500, 900);
          }
        });
    ROLLOVERS.put(
        "map",
        file -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.map(MapMode.READ_ONLY, 0, 1);
          }
        });
    ROLLOVERS.put(
        "asynchronous write",
        file -> {
          try (AsynchronousFileChannel channel =
              AsynchronousFileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(5000), 0).get();
          }
        });
    ROLLOVERS.put(
        "host path",
        file -> Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath());
    ROLLOVERS.put("attribute", file -> Files.setAttribute(file, "tmp:spoolThreshold", 5L));
    ROLLOVERS.put(
        "copy from a stream",
        file ->
            Files.copy(
                new ByteArrayInputStream(new byte[5000]),
                file,
                StandardCopyOption.REPLACE_EXISTING));
  }

  @ParameterizedTest
  @MethodSource("rollovers")
  void aRolloverIsReportedWithNoLockHeld(String name) throws Exception {
    Path stranger = stranger();
    try (FileSystem tmp = open(1000, 100_000)) {
      Path file = Files.write(tmp.getPath("/f"), new byte[500]);
      waitFor(
          () -> {
            Files.write(file, new byte[2000], StandardOpenOption.APPEND, StandardOpenOption.CREATE);
            Files.move(file, file.resolveSibling("g"));
            Files.move(file.resolveSibling("g"), file);
          });

      requireNonNull(ROLLOVERS.get(name)).of(file);

      assertThat(handled.poll(30, TimeUnit.SECONDS))
          .isEqualTo(
              stranger + " stays: nio-tmp makes no such names; move it elsewhere, or delete it");
      assertThat(handled).isEmpty();
    }
  }

  @Test
  void anEvictionIsReportedWithNoLockHeld() throws Exception {
    Path stranger = stranger();
    try (FileSystem tmp = open(100_000, 100_000)) {
      Path file = tmp.getPath("/next");
      waitFor(
          () -> {
            Files.write(file, new byte[5000], StandardOpenOption.APPEND, StandardOpenOption.CREATE);
            for (int i = 10; i < 30; i++) {
              Files.write(tmp.getPath("/" + i), new byte[10_000]);
            }
          });

      for (int i = 0; i < 9; i++) {
        Files.write(tmp.getPath("/" + i), new byte[10_000]);
      }

      Files.write(file, new byte[90_000]);

      assertThat(handled.poll(30, TimeUnit.SECONDS))
          .isEqualTo(
              stranger + " stays: nio-tmp makes no such names; move it elsewhere, or delete it");
    }
  }

  @Test
  void aStreamOfATempFileIsReportedWithNoLockHeld() throws Exception {
    Path stranger = stranger();
    try (FileSystem tmp = open(1000, 100_000);
        TempFile file = TempFile.create(tmp.getPath("/"), "log", ".txt")) {
      waitFor(() -> file.newOutputStream().write(new byte[3000]));

      try (OutputStream out = file.newOutputStream()) {
        out.write(new byte[5000]);
      }

      assertThat(handled.poll(30, TimeUnit.SECONDS))
          .isEqualTo(
              stranger + " stays: nio-tmp makes no such names; move it elsewhere, or delete it");
    }
  }

  @Test
  void aLeakThatTheCloseFindsIsReportedWithNoLockHeld() throws Exception {
    FileSystem tmp = open(1000, 100_000);
    Path file = Files.write(tmp.getPath("/f"), new byte[5000]);
    waitFor(tmp::close);

    forget(file);
    for (int i = 0; i < 200 && handled.isEmpty(); i++) {
      System.gc();
      handled.addAll(Stream.ofNullable(handled.poll(50, TimeUnit.MILLISECONDS)).toList());
    }
    tmp.close();

    assertThat(handled.poll(30, TimeUnit.SECONDS)).startsWith("FileChannel on /f in ");
  }

  @SuppressWarnings("StreamResourceLeak") // that is the point
  private static void forget(Path file) throws IOException {
    FileChannel.open(file).position(1);
  }
}
