package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file that rolls over to a disk whose first write takes as long as the test wants. */
@Timeout(60)
@SuppressWarnings("try") // whatever fails, the write ends before the file system closes
class RolloverUnderWayTest {
  private static final int LENGTH = 100_000;

  private final FaultyFileSystem disk =
      new FaultyFileSystem(Jimfs.newFileSystem(Configuration.unix()));
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch maySucceed = new CountDownLatch(1);
  private final AtomicBoolean fails = new AtomicBoolean();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final byte[] content = new byte[LENGTH];

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path directory;

  /** What makes a file roll over. */
  enum Cause {
    REQUEST("spoolThreshold", Long.MAX_VALUE) {
      @Override
      void rollOver(Path file) throws IOException {
        view(file).rollOver();
      }
    },
    THRESHOLD_SET("spoolThreshold", Long.MAX_VALUE) {
      @Override
      void rollOver(Path file) throws IOException {
        view(file).setSpoolThreshold(0);
      }
    },
    THRESHOLD("spoolThreshold", LENGTH) {
      @Override
      void rollOver(Path file) throws IOException {
        Files.write(file, new byte[1], StandardOpenOption.APPEND);
      }
    },
    BUDGET("memoryBudget", LENGTH + LENGTH / 2) {
      @Override
      void rollOver(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
          channel.write(ByteBuffer.allocate(LENGTH));
        }
      }
    },
    MAP("spoolThreshold", Long.MAX_VALUE) {
      @Override
      void rollOver(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
          assertThatThrownBy(() -> channel.map(MapMode.READ_ONLY, 0, 1))
              .isInstanceOfAny(IOException.class, UnsupportedOperationException.class);
        }
      }
    };

    final String setting;
    final long value;

    Cause(String setting, long value) {
      this.setting = setting;
      this.value = value;
    }

    abstract void rollOver(Path file) throws IOException;

    static TmpFileAttributeView view(Path file) {
      return Files.getFileAttributeView(file, TmpFileAttributeView.class);
    }
  }

  @BeforeEach
  void slowTheDisk() throws IOException {
    directory = Files.createDirectory(disk.getPath("/host"));
    Arrays.fill(content, (byte) 7);
    disk.set(
        call -> {
          if (call.name().equals("write") && begun.getCount() > 0) {
            begun.countDown();
            try {
              maySucceed.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            if (fails.get()) {
              Fault.failing("Input/output error").before(call);
            }
          }
        });
  }

  @AfterEach
  void close() throws IOException {
    maySucceed.countDown();
    threads.shutdownNow();
    disk.close();
  }

  private FileSystem open(Cause cause) throws IOException {
    Map<String, Object> settings = new HashMap<>();
    settings.put("directory", directory);
    settings.put("spoolThreshold", "unlimited");
    settings.put(cause.setting, cause.value);
    return TmpFileSystems.open(settings);
  }

  private Future<?> startRollover(Cause cause, Path file) throws Exception {
    Future<?> rollover =
        threads.submit(
            () -> {
              cause.rollOver(file);
              return null;
            });
    begun.await();
    return rollover;
  }

  @ParameterizedTest
  @EnumSource
  void readersGoOnWhileTheBytesAreCopied(Cause cause) throws Exception {
    try (FileSystem tmp = open(cause);
        Closeable end = maySucceed::countDown) {
      Path file = Files.write(tmp.getPath("/file"), content);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        Future<?> rollover = startRollover(cause, file);

        threads.submit(() -> read(file, channel)).get();
        assertThat(rollover.isDone()).isFalse();

        maySucceed.countDown();
        rollover.get();
        assertThat(Arrays.copyOf(Files.readAllBytes(file), LENGTH)).isEqualTo(content);
      }
    }
  }

  private Path read(Path file, FileChannel channel) throws IOException {
    assertThat(Files.size(file)).isEqualTo(LENGTH);
    assertThat(Files.exists(file)).isTrue();
    assertThat(Files.readAttributes(file, BasicFileAttributes.class).size()).isEqualTo(LENGTH);
    assertThat(Files.readAttributes(file, "*")).containsEntry("size", (long) LENGTH);
    assertThat(channel.size()).isEqualTo(LENGTH);
    ByteBuffer target = ByteBuffer.allocate(LENGTH);
    assertThat(channel.read(target, 0)).isEqualTo(LENGTH);
    assertThat(target.array()).isEqualTo(content);
    assertThat(Files.readAllBytes(file)).isEqualTo(content);
    try (InputStream in = Files.newInputStream(file)) {
      assertThat(in.available()).isEqualTo(LENGTH);
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    Files.copy(file, copy);
    assertThat(copy.toByteArray()).isEqualTo(content);
    Path renamed = Files.move(file, file.resolveSibling("renamed"));
    return Files.move(renamed, file);
  }

  @ParameterizedTest
  @EnumSource
  void aFileWhoseCopyFailsIsAsItWasToReadersOnTheWayAndAfter(Cause cause) throws Exception {
    fails.set(true);
    try (FileSystem tmp = open(cause);
        Closeable end = maySucceed::countDown) {
      Path file = Files.write(tmp.getPath("/file"), content);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        Future<?> rollover = startRollover(cause, file);

        threads.submit(() -> read(file, channel)).get();
        maySucceed.countDown();
        if (cause == Cause.MAP) {
          rollover.get(); // which expects the failure
        } else {
          assertThatThrownBy(rollover::get).isInstanceOf(ExecutionException.class);
        }

        threads.submit(() -> read(file, channel)).get();
        Files.write(file, new byte[] {1});
        assertThat(file).hasBinaryContent(new byte[] {1});
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void changesWaitForTheCopyAndAreThereAfterIt(Cause cause) throws Exception {
    try (FileSystem tmp = open(cause);
        Closeable end = maySucceed::countDown) {
      Path file = Files.write(tmp.getPath("/file"), content);
      Future<?> rollover = startRollover(cause, file);
      CountDownLatch writing = new CountDownLatch(2);
      Future<?> write =
          threads.submit(
              () -> {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                  writing.countDown();
                  return channel.write(ByteBuffer.wrap(new byte[] {9}), 0);
                }
              });
      Future<?> setting =
          threads.submit(
              () -> {
                writing.countDown();
                Files.setAttribute(file, "tmp:maxFileSize", 10L * LENGTH);
                return null;
              });
      writing.await();

      threads.submit(() -> assertThat(Files.readAllBytes(file)).isEqualTo(content)).get();
      maySucceed.countDown();
      rollover.get();
      write.get();
      setting.get();

      assertThat(Files.readAllBytes(file)[0]).isEqualTo((byte) 9);
      assertThat(Files.getAttribute(file, "tmp:maxFileSize")).isEqualTo(10L * LENGTH);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsDeletedMeanwhileIsGoneAtOnceAndFreedAfterTheCopy(Cause cause) throws Exception {
    try (FileSystem tmp = open(cause);
        Closeable end = maySucceed::countDown) {
      Path file = Files.write(tmp.getPath("/file"), content);
      Future<?> rollover = startRollover(cause, file);
      Future<?> deletion =
          threads.submit(
              () -> {
                Files.delete(file);
                return null;
              });
      while (Files.exists(file)) {
        Thread.onSpinWait();
      }
      maySucceed.countDown();
      rollover.get();
      deletion.get(1, TimeUnit.MINUTES);

      assertThat(TmpFileSystems.usage(tmp).diskBytes()).isZero();
      assertThat(TmpFileSystems.usage(tmp).memoryBytes()).isZero();
    }
  }
}
