package io.github.niotmp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.internal.mapping.Mapping;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpillFileTest {
  /** Grows with the property {@code niotmp.host.interrupts}. */
  private static final int INTERRUPTS = Integer.getInteger("niotmp.host.interrupts", 2_000);

  private static final int PAGE = 4096;

  @TempDir Path onDisk;

  private final FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix());

  /** How a spill file can be held. */
  private enum Kind {
    UNLINKED,
    SHARED,
    ON_ANOTHER_PROVIDER,
    FOR_OTHER_PROGRAMS;

    SpillFile create(SpillDirectory directory) throws IOException {
      return this == FOR_OTHER_PROGRAMS ? directory.createNamed("") : directory.create();
    }
  }

  private SpillDirectory directoryFor(Kind kind) {
    return new SpillDirectory(
        kind == Kind.ON_ANOTHER_PROVIDER ? jimfs.getPath("/work") : onDisk,
        kind == Kind.SHARED ? 0L : null);
  }

  @AfterEach
  void closeJimfs() throws IOException {
    jimfs.close();
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptIsKeptAndDoesNotDisturbTheFile(Kind kind) throws IOException {
    try (SpillDirectory directory = directoryFor(kind);
        SpillFile file = kind.create(directory)) {
      Thread.currentThread().interrupt();
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
      ByteBuffer target = ByteBuffer.allocate(3);
      file.read(target, 0);
      file.force(true);
      file.truncate(2);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(target.array()).containsExactly(1, 2, 3);
      assertThat(file.read(ByteBuffer.allocate(3), 0)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptIsKeptByAFailingRead(Kind kind) throws IOException {
    try (SpillDirectory directory = directoryFor(kind)) {
      SpillFile file = kind.create(directory);
      file.close();
      Thread.currentThread().interrupt();

      assertThatIsClosed(() -> file.read(ByteBuffer.allocate(1), 0));
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void anInterruptedThreadMaps() throws IOException {
    try (SpillDirectory directory = new SpillDirectory(onDisk, null);
        SpillFile file = directory.create()) {
      Thread.currentThread().interrupt();
      ByteBuffer mapping = file.map(Mapping.buffer(MapMode.READ_WRITE, 0, 10));
      mapping.put(9, (byte) 7);

      assertThat(Thread.interrupted()).isTrue();
      ByteBuffer target = ByteBuffer.allocate(10);
      file.read(target, 0);
      assertThat(target.array()).endsWith(7);
    }
  }

  @ParameterizedTest
  @EnumSource
  void interruptsAtAnyMomentLoseNoByte(Kind kind) throws Exception {
    try (SpillDirectory directory = directoryFor(kind);
        SpillFile file = kind.create(directory)) {
      AtomicReference<Throwable> failure = new AtomicReference<>();
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        long page = i;
        workers.add(new Thread(() -> writeAndRead(file, page * PAGE, failure)));
      }
      workers.forEach(Thread::start);
      Random random = new Random(7);
      for (int i = 0; i < INTERRUPTS && failure.get() == null; i++) {
        workers.get(random.nextInt(workers.size())).interrupt();
        Thread.onSpinWait();
      }
      stop = true;
      for (Thread worker : workers) {
        worker.join();
      }
      assertThat(failure.get()).isNull();
    }
  }

  private volatile boolean stop;

  private void writeAndRead(SpillFile file, long position, AtomicReference<Throwable> failure) {
    try {
      byte value = 0;
      do {
        byte[] written = new byte[PAGE];
        Arrays.fill(written, ++value);
        file.write(ByteBuffer.wrap(written), position);
        ByteBuffer read = ByteBuffer.allocate(PAGE);
        file.read(read, position);
        assertThat(read.array()).isEqualTo(written);
      } while (!stop);
    } catch (IOException | RuntimeException | AssertionError e) {
      failure.set(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void writesAndReadsStartAtTheBufferPosition(Kind kind) throws IOException {
    try (SpillDirectory directory = directoryFor(kind);
        SpillFile file = kind.create(directory)) {
      file.write(ByteBuffer.wrap(new byte[] {0, 1, 2, 3}).position(1), 0);
      ByteBuffer target = ByteBuffer.allocate(5).position(1);

      assertThat(file.read(target, 1)).isEqualTo(2);
      assertThat(target.position()).isEqualTo(3);
      assertThat(target.array()).containsExactly(0, 2, 3, 0, 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReadBeyondTheEndSaysWhereTheFileEnds(Kind kind) throws IOException {
    try (SpillDirectory directory = directoryFor(kind);
        SpillFile file = kind.create(directory)) {
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);

      assertThatThrownBy(() -> file.readAll(ByteBuffer.allocate(5), 1))
          .isInstanceOf(EOFException.class)
          .hasMessage("The spill file was cut off at 3, though it was written further");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClosedFileIsOfNoUse(Kind kind) throws IOException {
    try (SpillDirectory directory = directoryFor(kind)) {
      SpillFile file = kind.create(directory);
      file.write(ByteBuffer.wrap(new byte[10]), 0);
      file.close();

      assertThatIsClosed(() -> file.read(ByteBuffer.allocate(1), 0));
      assertThatIsClosed(() -> file.write(ByteBuffer.allocate(1), 0));
      assertThatIsClosed(() -> file.truncate(0));
      assertThatIsClosed(() -> file.force(true));
      if (kind != Kind.ON_ANOTHER_PROVIDER) {
        assertThatIsClosed(() -> file.map(Mapping.buffer(MapMode.READ_ONLY, 0, 1)));
      }
      file.close();
    }
  }

  private static void assertThatIsClosed(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void aFailureOnAnotherThreadHasTheStackOfTheCaller() throws IOException {
    try (SpillDirectory directory = directoryFor(Kind.ON_ANOTHER_PROVIDER)) {
      SpillFile file = directory.create();
      file.close();

      assertThatThrownBy(() -> file.force(true))
          .hasStackTraceContaining(SpillFileTest.class.getName());
    }
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(60)
  void severalThreadsShareASpillFile(Kind kind) throws Exception {
    SpillDirectory directory = directoryFor(kind);
    SpillFile first = inAnotherThread(() -> kind.create(directory));
    SpillFile second = inAnotherThread(() -> kind.create(directory));
    for (SpillFile file : List.of(first, second)) {
      inAnotherThread(() -> write(file, 1, 2, 3));
      inAnotherThread(() -> truncate(file, 0));
      inAnotherThread(() -> write(file, 4, 5, 6));
      if (kind != Kind.ON_ANOTHER_PROVIDER) {
        inAnotherThread(() -> file.map(Mapping.buffer(MapMode.READ_ONLY, 0, 1)));
      }
      ByteBuffer back = ByteBuffer.allocate(3);
      inAnotherThread(() -> file.read(back, 0));
      assertThat(back.array()).containsExactly(4, 5, 6);
    }

    inAnotherThread(() -> close(first));
    inAnotherThread(() -> close(directory));

    assertThatThrownBy(() -> inAnotherThread(() -> first.read(ByteBuffer.allocate(1), 0)))
        .hasCauseInstanceOf(ClosedChannelException.class);
  }

  private static <T> T inAnotherThread(Callable<T> action) throws Exception {
    FutureTask<T> task = new FutureTask<>(action);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task.get();
  }

  private static SpillFile write(SpillFile file, int... bytes) throws IOException {
    ByteBuffer source = ByteBuffer.allocate(bytes.length);
    for (int each : bytes) {
      source.put((byte) each);
    }
    file.write(source.flip(), 0);
    return file;
  }

  private static SpillFile truncate(SpillFile file, long size) throws IOException {
    file.truncate(size);
    return file;
  }

  private static Closeable close(Closeable closeable) throws IOException {
    closeable.close();
    return closeable;
  }

  @Test
  void changesByAnotherProgramAreSeen() throws IOException {
    FileTime past = FileTime.fromMillis(1_000_000_000_000L);
    FileTime later = FileTime.fromMillis(1_000_000_001_000L);
    try (SpillDirectory directory = new SpillDirectory(onDisk, null);
        HostFile file = directory.createNamed("")) {
      Files.write(file.path(), new byte[5]);
      assertThat(file.size()).isEqualTo(5);

      Files.setLastModifiedTime(file.path(), past);
      assertThat(file.status().modified()).isEqualTo(past.to(TimeUnit.NANOSECONDS));
      file.setModified(later.to(TimeUnit.NANOSECONDS));
      assertThat(Files.getLastModifiedTime(file.path())).isEqualTo(later);

      Files.delete(file.path());
      assertThat(file.status().modified()).isEqualTo(Long.MIN_VALUE);
      file.setModified(0);
      assertThat(file.size()).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void closingTheDirectoryClosesItsFiles(Kind kind) throws IOException {
    SpillDirectory directory = directoryFor(kind);
    SpillFile file = kind.create(directory);

    directory.close();

    assertThatThrownBy(() -> file.read(ByteBuffer.allocate(1), 0))
        .isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> kind.create(directory)).isInstanceOf(ClosedChannelException.class);
    assertThat(OpenFiles.below(onDisk)).isEmpty();
    assertThat(onDisk).isEmptyDirectory();
    assertThat(jimfs.getPath("/work")).isEmptyDirectory();
  }

  @Test
  @Timeout(60)
  void aFileThatOneThreadCouldNotRemoveIsRemovedByAnother() throws Exception {
    Path work = jimfs.getPath("/work");
    SpillDirectory directory = new SpillDirectory(work, null);
    SpillFile file = directory.create();
    Path name;
    try (Stream<Path> all = Files.walk(work)) {
      name = all.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    Files.delete(name);
    Path inTheWay = Files.createDirectories(name.resolve("in the way"));
    assertThatThrownBy(file::close).isInstanceOf(DirectoryNotEmptyException.class);
    Files.deleteIfExists(inTheWay);

    inAnotherThread(() -> close(directory));

    assertThat(work).isEmptyDirectory();
  }
}
