package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A tree on a disk that breaks amid a step of several calls: what is half done is undone, and what
 * cannot be undone is told too.
 */
class BrokenTreeTest {
  private static final String REASON = "Input/output error";
  private static final byte[] MUCH = new byte[300_000]; // too much for one call
  private static final byte[] LITTLE = {1, 2, 3};

  private final FaultyFileSystem disk =
      new FaultyFileSystem(Jimfs.newFileSystem(Configuration.unix()));

  @SuppressWarnings("NullAway.Init") // opened before each test
  private FileSystem tmp;

  @BeforeEach
  void open() throws IOException {
    Path directory = Files.createDirectory(disk.getPath("/host"));
    tmp = TmpFileSystems.open(Map.of("storage", "host", "directory", directory));
  }

  @AfterEach
  void close() throws IOException {
    disk.set(Fault.none());
    tmp.close();
    assertThat(disk.open().all()).isEmpty();
    disk.close();
  }

  @Test
  void anAppendOfAChannelThatFailsHalfWayReturnsTheWrittenPart() throws IOException {
    Path file = Files.write(tmp.getPath("/file"), LITTLE);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      breakFrom(2, "write");

      int written = channel.write(ByteBuffer.wrap(MUCH));

      assertThat(written).isBetween(1, MUCH.length - 1);
      assertThatThrownBy(() -> channel.write(ByteBuffer.wrap(MUCH)))
          .isInstanceOf(FileSystemException.class)
          .hasMessage("/file: " + REASON);
      disk.set(Fault.none());
      assertThat(Files.size(file)).isEqualTo(LITTLE.length + written);
    }
  }

  @Test
  void anAppendThatFailsHalfWayLeavesNothing() throws IOException {
    Path file = Files.write(tmp.getPath("/file"), LITTLE);
    try (OutputStream stream = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      breakFrom(2, "write");

      assertThatThrownBy(() -> stream.write(MUCH))
          .isInstanceOf(FileSystemException.class)
          .hasMessage("/file: " + REASON);
    }

    disk.set(Fault.none());
    assertThat(file).hasBinaryContent(LITTLE);
  }

  @Test
  void anAppendThatCannotBeUndoneSaysSo() throws IOException {
    Path file = Files.write(tmp.getPath("/file"), LITTLE);
    try (OutputStream stream = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      Fault writes = failingFrom(2, "write");
      disk.set(
          call -> {
            writes.before(call);
            failingFrom(1, "truncate").before(call);
          });

      assertThatThrownBy(() -> stream.write(MUCH))
          .hasMessage("/file: " + REASON)
          .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }
  }

  @Test
  void whatIsNotMadeAndCannotBeRemovedSaysSo() {
    for (Path path : Set.of(tmp.getPath("/file"), tmp.getPath("/directory"))) {
      boolean isFile = path.endsWith("file");
      breakAfter(isFile ? "open" : "createDirectory");

      assertThatThrownBy(() -> create(path, isFile))
          .hasMessage(path + ": " + REASON)
          .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
      disk.set(Fault.none());
    }
  }

  private static void create(Path path, boolean isFile) throws IOException {
    if (isFile) {
      Files.createFile(path);
    } else {
      Files.createDirectory(path);
    }
  }

  /** Fails each call after the first one of that name, except those that close. */
  private void breakAfter(String creation) {
    AtomicBoolean created = new AtomicBoolean();
    disk.set(
        call -> {
          if (created.get() && !call.name().equals("close")) {
            throw new FileSystemException("the host's path", null, REASON);
          }
          created.compareAndSet(false, call.name().equals(creation));
        });
  }

  @Test
  void whatCannotBeLookedUpIsNotSeenToExist() throws IOException {
    Path file = Files.createFile(tmp.getPath("/file"));
    breakFrom(1, "readAttributes");

    assertThat(Files.exists(file)).isFalse();
  }

  @Test
  void whatCannotBeForcedIsTold() throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            tmp.getPath("/file"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      breakFrom(1, "force");

      assertThatThrownBy(() -> channel.force(true)).hasMessage("/file: " + REASON);
    }
  }

  private void breakFrom(int number, String... names) {
    disk.set(failingFrom(number, names));
  }

  /** Fails from the call of these names with that number on. */
  private static Fault failingFrom(int number, String... names) {
    Set<String> broken = Set.of(names);
    int[] count = {0};
    return call -> {
      if (broken.contains(call.name())) {
        count[0]++;
        if (count[0] >= number) {
          Fault.failing(REASON).before(call);
        }
      }
    };
  }
}
