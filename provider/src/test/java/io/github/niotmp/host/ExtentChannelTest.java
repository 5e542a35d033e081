package io.github.niotmp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.internal.mapping.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.NonReadableChannelException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Grows with the property {@code niotmp.host.steps}. */
class ExtentChannelTest {
  private static final int STEPS = Integer.getInteger("niotmp.host.steps", 3_000);
  private static final int FILES = 8;
  private static final int LONGEST = 5 * ExtentAllocator.EXTENT;

  @TempDir Path parent;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private SpillDirectory directory;

  @BeforeEach
  void open() {
    directory = new SpillDirectory(parent, 0L);
  }

  @AfterEach
  void close() throws IOException {
    directory.close();
  }

  /** A file, and what must be in it. */
  private static final class Expected {
    private final SpillFile file;
    private byte[] bytes = {};

    Expected(SpillFile file) {
      this.file = file;
    }

    void write(byte[] source, int position) throws IOException {
      file.write(ByteBuffer.wrap(source), position);
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length, position + source.length));
      System.arraycopy(source, 0, bytes, position, source.length);
    }

    void truncate(int size) throws IOException {
      file.truncate(size);
      bytes = Arrays.copyOf(bytes, Math.min(bytes.length, size));
    }

    void map(int position, int length) throws IOException {
      MappedByteBuffer mapping = file.map(Mapping.buffer(MapMode.READ_ONLY, position, length));
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length, position + length));
      file.force(false);
      byte[] mapped = new byte[length];
      mapping.get(mapped);
      assertThat(mapped).isEqualTo(Arrays.copyOfRange(bytes, position, position + length));
    }

    void check(int position, int length) throws IOException {
      ByteBuffer target = ByteBuffer.allocate(length);
      int count = file.read(target, position);
      int start = Math.min(bytes.length, position);
      assertThat(Arrays.copyOf(target.array(), count))
          .isEqualTo(Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + length)));
    }
  }

  @Test
  void filesThatShareASpillFileBehaveLikeArrays() throws IOException {
    Random random = new Random(42);
    List<Expected> files = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      if (files.size() < FILES) {
        files.add(new Expected(directory.create()));
      }
      Expected file = files.get(random.nextInt(files.size()));
      int position = random.nextInt(LONGEST);
      switch (random.nextInt(40)) {
        case 0 -> {
          file.file.close();
          files.remove(file);
        }
        case 1 -> file.map(position, 1 + random.nextInt(1_000));
        case 2, 3, 4, 5, 6, 7 -> file.truncate(position);
        case 8, 9, 10, 11, 12, 13, 14, 15 -> file.check(position, random.nextInt(LONGEST));
        default -> {
          byte[] source = new byte[1 + random.nextInt(random.nextBoolean() ? 100 : LONGEST)];
          random.nextBytes(source);
          file.write(source, random.nextBoolean() ? file.bytes.length : position);
        }
      }
      if (file.bytes.length > LONGEST * 4) {
        file.truncate(position);
      }
    }
    for (Expected file : files) {
      file.check(0, file.bytes.length + 1);
    }
  }

  @Test
  void manyFilesTakeOneDescriptor() throws IOException {
    directory.create();
    long before = Descriptors.held();

    for (int i = 0; i < 1_000; i++) {
      directory.create().write(ByteBuffer.wrap(new byte[] {1}), 0);
    }

    assertThat(Descriptors.held()).isEqualTo(before);
  }

  @Test
  void aClosedFileFreesItsDiskSpace() throws IOException {
    SpillFile first = directory.create();
    first.write(ByteBuffer.allocate(LONGEST), 0);
    long used = OpenFiles.bytesBelow(parent);
    SpillFile second = directory.create();
    second.write(ByteBuffer.allocate(LONGEST), 0);

    second.close();
    long afterSecond = OpenFiles.bytesBelow(parent);
    first.close();

    assertThat(afterSecond).isEqualTo(used).isPositive();
    assertThat(OpenFiles.bytesBelow(parent)).isZero();
  }

  @Test
  void aFileSharesWhereNoneOfItsOwnCanBeMade(@TempDir Path elsewhere) throws IOException {
    SpillDirectory others = new SpillDirectory(elsewhere, null);
    others.create();
    others.create();
    try (SpillDirectory limited = new SpillDirectory(parent, Descriptors.held())) {
      limited.create();
      others.close(); // from now on there are descriptors enough
      Files.move(parent, elsewhere.resolve("moved"));
      SpillFile file = limited.create();
      file.write(ByteBuffer.wrap(new byte[] {7}), 0);

      ByteBuffer back = ByteBuffer.allocate(1);
      file.readAll(back, 0);
      assertThat(back.get(0)).isEqualTo((byte) 7);
    } finally {
      Files.move(elsewhere.resolve("moved"), parent);
    }
  }

  @Test
  void aHoleEndsWhereTheNextBytesBegin() throws IOException {
    SpillFile file = directory.create();
    file.write(ByteBuffer.wrap(new byte[] {1, 2}), ExtentAllocator.EXTENT);

    ByteBuffer back = ByteBuffer.allocate(4);
    file.readAll(back, ExtentAllocator.EXTENT - 2);
    assertThat(back.array()).containsExactly(0, 0, 1, 2);
  }

  @Test
  void zerosBeforeAWriteLeaveTheNextFileUnchanged() throws IOException {
    SpillFile first = directory.create();
    first.write(ByteBuffer.wrap(new byte[] {1}), 0);
    SpillFile next = directory.create();
    next.write(ByteBuffer.wrap(new byte[] {2}), 0);

    first.write(ByteBuffer.wrap(new byte[] {3}), ExtentAllocator.EXTENT - 1);

    ByteBuffer back = ByteBuffer.allocate(1);
    next.readAll(back, 0);
    assertThat(back.get(0)).isEqualTo((byte) 2);
  }

  @Test
  void aFileThatCannotGrowReleasesTheNewExtents() throws IOException {
    Configuration small =
        Configuration.unix().toBuilder().setMaxSize(2L * ExtentAllocator.EXTENT).build();
    try (FileSystem jimfs = Jimfs.newFileSystem(small);
        SpillDirectory full = new SpillDirectory(jimfs.getPath("/work"), null)) {
      ExtentAllocator space = new ExtentAllocator(full.parent(), full.create());
      SpillFile file =
          new SpillFile(full, new SpillFile.Opened(new ExtentChannel(space), null, null));

      assertThatIOException()
          .isThrownBy(() -> file.write(ByteBuffer.allocate(3 * ExtentAllocator.EXTENT), 0))
          .withMessageStartingWith("Cannot spill to /work: out of disk space");

      assertThat(file.read(ByteBuffer.allocate(LONGEST), 0)).isEqualTo(2 * ExtentAllocator.EXTENT);
      assertThat(space.acquire()).isEqualTo(2);
    }
  }

  @Test
  void aMappedFileReleasesItsExtents() throws IOException {
    SpillFile file = directory.create();
    file.write(ByteBuffer.allocate(LONGEST), 0);

    file.map(Mapping.buffer(MapMode.READ_ONLY, 0, 1));
    assertThat(OpenFiles.bytesBelow(parent)).isEqualTo(LONGEST);
    file.close();

    assertThat(OpenFiles.bytesBelow(parent)).isZero();
    assertThat(OpenFiles.below(parent)).as("of the space").hasSize(1);
  }

  @Test
  void aMappedFileEndsInTheHoleThatItEndedIn() throws IOException {
    SpillFile file = directory.create();
    file.write(ByteBuffer.wrap(new byte[] {1}), 0);
    file.write(ByteBuffer.wrap(new byte[] {2}), LONGEST);
    file.truncate(2 * ExtentAllocator.EXTENT);

    file.map(Mapping.buffer(MapMode.READ_ONLY, 0, 1));

    ByteBuffer back = ByteBuffer.allocate(LONGEST);
    assertThat(file.read(back, 0)).isEqualTo(2 * ExtentAllocator.EXTENT);
    assertThat(back.array()).startsWith(1, 0).doesNotContain(2);
  }

  @Test
  void eachStepReturnsItsLengthAsDoesTheSize() throws IOException {
    try (ExtentChannel channel = new ExtentChannel(ExtentAllocators.enter(parent))) {
      assertThat(channel.write(ByteBuffer.allocate(5), ExtentAllocator.EXTENT)).isEqualTo(5);

      assertThat(channel.read(ByteBuffer.allocate(7), ExtentAllocator.EXTENT - 3)).isEqualTo(3);
      assertThat(channel.read(ByteBuffer.allocate(7), ExtentAllocator.EXTENT)).isEqualTo(5);
      assertThat(channel.size()).isEqualTo(ExtentAllocator.EXTENT + 5);
    }
  }

  @Test
  void aClosedChannelIsOfNoUse() throws IOException {
    ExtentChannel channel = new ExtentChannel(new ExtentAllocator(parent, directory.create()));
    channel.close();

    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(channel::size);
    assertThatExceptionOfType(ClosedChannelException.class)
        .isThrownBy(() -> channel.map(Mapping.buffer(MapMode.READ_ONLY, 0, 1), null));
  }

  @Test
  @Timeout(60)
  void aDiskThatFailsLeavesNoLock() throws Exception {
    SpillFile broken = directory.create();
    ExtentChannel channel = new ExtentChannel(new ExtentAllocator(parent, broken));
    channel.write(ByteBuffer.allocate(1), 0);
    assertThat(channel.size()).isOne();
    broken.close();

    assertThatExceptionOfType(ClosedChannelException.class)
        .isThrownBy(() -> channel.force(true)); // of the file that it shares
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(channel::close);
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(channel::size);

    FutureTask<Void> another =
        new FutureTask<>(
            () -> {
              channel.close(); // waits for all other users
              return null;
            });
    Thread thread = new Thread(another);
    thread.setDaemon(true);
    thread.start();
    another.get();
  }

  @Test
  void aMappingThatCannotBeCopiedSaysWhyItIsCopied(@TempDir Path elsewhere) throws IOException {
    SpillFile file = directory.create();
    Files.move(parent, elsewhere.resolve("moved"));
    try {
      assertThatIOException()
          .isThrownBy(() -> file.map(Mapping.buffer(MapMode.READ_ONLY, 0, 1)))
          .withMessageStartingWith("Cannot spill to " + parent + ": No such file or directory")
          .satisfies(
              failure ->
                  assertThat(failure.getSuppressed())
                      .singleElement()
                      .isInstanceOf(NotReopenableException.class));
    } finally {
      Files.move(elsewhere.resolve("moved"), parent);
    }
  }

  @Test
  void aCopyForAMappingIsRemovedIfTheDiskIsFull() throws IOException {
    Configuration small =
        Configuration.unix().toBuilder().setMaxSize(3L * ExtentAllocator.EXTENT).build();
    long before = Descriptors.held();
    try (FileSystem jimfs = Jimfs.newFileSystem(small);
        SpillDirectory full = new SpillDirectory(jimfs.getPath("/work"), 0L)) {
      SpillFile file = full.create();
      byte[] bytes = new byte[2 * ExtentAllocator.EXTENT];
      Arrays.fill(bytes, (byte) 1);
      file.write(ByteBuffer.wrap(bytes), 0);

      assertThatIOException()
          .isThrownBy(() -> file.map(Mapping.buffer(MapMode.READ_ONLY, 0, 1)))
          .withMessageStartingWith("Cannot spill to /work: out of disk space");

      assertThat(Descriptors.held()).as("for the shared file").isEqualTo(before + 1);
    }
  }

  @Test
  void aCopyOfBytesThatCannotBeReadIsRemoved() throws IOException {
    long before = Descriptors.held();
    try (DescriptorChannel unreadable =
        DescriptorChannel.open(
            parent.resolve("file"),
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
      assertThatExceptionOfType(NonReadableChannelException.class)
          .isThrownBy(
              () -> directory.mappableCopy(unreadable, new NotReopenableException("for a test")));

      assertThat(OpenFiles.below(parent)).hasSize(1);
      assertThat(Descriptors.held()).isEqualTo(before + 1);
    }
  }
}
