package io.github.niotmp.tck.fault;

import static io.github.niotmp.tck.attribute.GivenAttribute.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpLimitException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A disk on which nothing goes any more, not even tidying up: what was asked for fails with the
 * first reason and has the others with it, and once the disk is well again all is as it was.
 */
class BrokenDiskTest {
  private static final String REASON = "Input/output error";
  private static final byte[] CONTENT = content(100_000, 1);

  private final FaultyFileSystem disk =
      new FaultyFileSystem(Jimfs.newFileSystem(Configuration.unix()));

  @SuppressWarnings("NullAway.Init") // opened before each test
  private FileSystem tmp;

  @BeforeEach
  void open() throws IOException {
    Path directory = Files.createDirectory(disk.getPath("/host"));
    tmp = TmpFileSystems.open(Map.of("spoolThreshold", 1_000, "directory", directory));
  }

  @AfterEach
  void close() throws IOException {
    tmp.close();
    assertThat(disk.open().all()).isEmpty();
    disk.close();
  }

  @Test
  void aWriteFailsAndTheFileIsAsItWas() throws IOException {
    Path file = Files.write(tmp.getPath("/file"), CONTENT);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      breakCalls("write", "truncate");

      assertThatThrownBy(() -> channel.write(ByteBuffer.wrap(CONTENT)))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(REASON)
          .satisfies(e -> assertThat(suppressedBelow(e)).hasSize(1));

      disk.set(Fault.none());
      assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
      channel.write(ByteBuffer.wrap(CONTENT), 0);
      assertThat(channel.size()).isEqualTo(2L * CONTENT.length);
    }
  }

  @Test
  void whatAFailedWriteLeftOnTheDiskDoesNotShowAsTheFileGrows() throws IOException {
    Path file = Files.write(tmp.getPath("/file"), CONTENT);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      disk.set(halfwayFailing());
      assertThatThrownBy(() -> channel.write(ByteBuffer.wrap(CONTENT), CONTENT.length))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(REASON);
      disk.set(Fault.none());

      channel.write(ByteBuffer.allocate(1), 2L * CONTENT.length);

      assertThat(Files.readAllBytes(file))
          .isEqualTo(Arrays.copyOf(CONTENT, 2 * CONTENT.length + 1));
    }
  }

  @Test
  void aRolloverFailsAndTheFileStaysInMemory() throws IOException {
    byte[] small = Arrays.copyOf(CONTENT, 900);
    Path file = Files.write(tmp.getPath("/file"), small);
    breakCalls("write", "deleteIfExists");

    assertThatThrownBy(() -> Files.write(file, CONTENT, StandardOpenOption.APPEND))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(REASON)
        .satisfies(e -> assertThat(suppressedBelow(e)).hasSize(1));

    disk.set(Fault.none());
    assertThat(Files.readAllBytes(file)).isEqualTo(small);
    assertThat(TmpFileSystems.usage(tmp).diskBytes()).isZero();
  }

  @Test
  void aRolloverThatOpensNothingLeavesNothing() throws IOException {
    byte[] small = Arrays.copyOf(CONTENT, 900);
    Path file = Files.write(tmp.getPath("/file"), small);
    breakCalls("open");

    assertThatThrownBy(() -> Files.write(file, CONTENT, StandardOpenOption.APPEND))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(REASON)
        .satisfies(e -> assertThat(suppressedBelow(e)).isEmpty());

    disk.set(Fault.none());
    assertThat(disk.getPath("/host")).isEmptyDirectory();
    assertThat(Files.readAllBytes(file)).isEqualTo(small);
  }

  @Test
  void aRolloverThatOpensNothingTellsWhatItLeaves() throws IOException {
    Path file = Files.createFile(tmp.getPath("/file"));
    breakCalls("open", "delete", "deleteIfExists");

    assertThatThrownBy(() -> Files.write(file, CONTENT))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(REASON)
        .satisfies(e -> assertThat(suppressedBelow(e)).hasSize(2)); // the file and its directory

    disk.set(Fault.none());
  }

  @Test
  void aFileIsOpenedAgainIfItsDirectoryWasGoneForAMoment() throws IOException {
    Files.write(tmp.getPath("/other"), CONTENT); // keeps the directory there
    AtomicBoolean gone = new AtomicBoolean(true);
    disk.set(
        call -> {
          if (call.name().equals("open") && gone.getAndSet(false)) {
            throw new NoSuchFileException(call.path());
          }
        });

    Path file = Files.write(tmp.getPath("/file"), CONTENT);

    assertThat(gone).isFalse();
    assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
  }

  @Test
  void anEmptiedFileIsEmptyThoughTheOpeningFails() throws IOException {
    Path file = Files.write(tmp.getPath("/file"), CONTENT);
    breakCalls("deleteIfExists");

    assertThatThrownBy(() -> Files.newOutputStream(file).close())
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(REASON);

    disk.set(Fault.none());
    assertThat(Files.size(file)).isZero();
    assertThat(TmpFileSystems.usage(tmp).openHandles()).isZero();
    Files.delete(file);
    assertThat(TmpFileSystems.usage(tmp).files()).isZero();
  }

  @Test
  void aFileThatIsNotCreatedIsGivenUp() throws IOException {
    Path directory = disk.getPath("/host");
    try (FileSystem full = TmpFileSystems.open(Map.of("maxFiles", 1, "directory", directory))) {
      Files.createFile(full.getPath("/one"));
      breakCalls("deleteIfExists");

      assertThatThrownBy(
              () -> Files.createFile(full.getPath("/file"), attribute("tmp:rolledOver", true)))
          .isInstanceOf(TmpLimitException.class)
          .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));

      disk.set(Fault.none());
      assertThat(full.getPath("/file")).doesNotExist();
      assertThat(TmpFileSystems.usage(full).files()).isOne();
      assertThat(TmpFileSystems.usage(full).diskBytes()).isZero();
    }
  }

  private void breakCalls(String... names) {
    Fault failing = Fault.failing(REASON);
    Set<String> broken = Set.of(names);
    disk.set(
        call -> {
          if (broken.contains(call.name())) {
            failing.before(call);
          }
        });
  }

  /** Writes a part before it fails, and doesn't cut that off. */
  private static Fault halfwayFailing() {
    Fault failing = Fault.failing(REASON);
    AtomicInteger writes = new AtomicInteger();
    return new Fault() {
      @Override
      public void before(Call call) throws IOException {
        boolean write = call.name().equals("write") && writes.incrementAndGet() > 1;
        if (write || call.name().equals("truncate")) {
          failing.before(call);
        }
      }

      @Override
      public int most(int wanted) {
        return Math.max(1, wanted / 3);
      }
    };
  }

  /** Returns what is suppressed by a failure and by what caused it. */
  private static List<Throwable> suppressedBelow(Throwable failure) {
    List<Throwable> all = new ArrayList<>();
    for (Throwable e = failure; e != null; e = e.getCause()) {
      Collections.addAll(all, e.getSuppressed());
    }
    return all;
  }

  private static byte[] content(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
