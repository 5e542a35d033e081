package io.github.niotmp.tck.provider;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.FileSystemFixture;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract of a full file store, for each {@link LimitedSubject}: a write beyond its space
 * fails, and loses no byte of another.
 *
 * @see java.nio.file.FileStore#getUsableSpace
 */
public class FullStoreContract extends FileSystemContract {
  private static final int SPACE = 64 * 1024;
  private static final int PIECE = 1_000;

  /** More than the bytes that can fit. */
  private static final int TOO_MUCH = 4 * SPACE;

  private @Nullable FileSystemFixture limited;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(
        subject() instanceof LimitedSubject, () -> subject() + " has no limit that a test can set");
    limited = ((LimitedSubject) subject()).openWithSpace(SPACE);
  }

  @AfterEach
  void close() throws IOException {
    if (limited != null) {
      limited.close();
    }
  }

  @ContractTest
  @Required(
      by = WritableByteChannel.class,
      member = "write(ByteBuffer)",
      sentence = "Writes a sequence of bytes to this channel from the given buffer.")
  void asManyBytesFitAsPromised() throws IOException {
    byte[] bytes = bytes(SPACE);

    Path file = Files.write(path("f"), bytes);

    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "write(Path,byte[],OpenOption...)",
      sentence = "if an I/O error occurs writing to or creating the file")
  void aFileThatDoesNotFitIsRefused() throws IOException {
    Path other = Files.write(path("other"), bytes(PIECE));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Files.write(path("f"), bytes(TOO_MUCH)));

    assertThat(Files.readAllBytes(other)).isEqualTo(bytes(PIECE));
  }

  /** A write returns the number of bytes that it stored, and those stay. */
  @ContractTest
  @Required(
      by = WritableByteChannel.class,
      member = "write(ByteBuffer)",
      sentence = "The number of bytes written, possibly zero")
  @Required(
      by = WritableByteChannel.class,
      member = "write(ByteBuffer)",
      sentence = "If some other I/O error occurs")
  void writesSucceedUntilTheStoreIsFull() throws IOException {
    Path file = path("f");
    byte[] all = bytes(TOO_MUCH);
    int written = 0;
    boolean full = false;

    try (SeekableByteChannel channel = Files.newByteChannel(file, CREATE, WRITE)) {
      while (!full && written < TOO_MUCH) {
        ByteBuffer piece = ByteBuffer.wrap(all, written, Math.min(PIECE, TOO_MUCH - written));
        int before = piece.position();
        try {
          int count = channel.write(piece);
          assertThat(piece.position() - before).as("moved by the write").isEqualTo(count);
          full = count == 0;
          written += count;
        } catch (IOException e) {
          full = true;
        }
      }
      assertThat(channel.size()).isGreaterThanOrEqualTo(written);
    }

    assertThat(full).as("a write failed before %s bytes", TOO_MUCH).isTrue();
    assertThat(written).isGreaterThanOrEqualTo(SPACE - PIECE);
    assertThat(Arrays.copyOf(Files.readAllBytes(file), written))
        .isEqualTo(Arrays.copyOf(all, written));
  }

  @ContractTest
  @AsOnLinux
  void deletingAFileMakesSpace() throws IOException {
    Path first = Files.write(path("first"), bytes(SPACE));
    Path second = path("second");
    Files.delete(first);

    Files.write(second, bytes(SPACE));

    assertThat(Files.readAllBytes(second)).isEqualTo(bytes(SPACE));
  }

  @ContractTest
  @AsOnLinux
  void truncatingAFileMakesSpace() throws IOException {
    Path file = Files.write(path("f"), bytes(SPACE));
    try (SeekableByteChannel channel = Files.newByteChannel(file, WRITE)) {
      channel.truncate(0);
    }

    Path other = Files.write(path("other"), bytes(SPACE));

    assertThat(Files.readAllBytes(other)).isEqualTo(bytes(SPACE));
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "copy(Path,Path,CopyOption...)",
      sentence = "if an I/O error occurs")
  void aCopyThatDoesNotFitLeavesItsSource() throws IOException {
    byte[] bytes = bytes(SPACE);
    Path source = Files.write(path("source"), bytes);

    for (int i = 0; i < TOO_MUCH / SPACE; i++) {
      try {
        Files.copy(source, path("copy" + i));
      } catch (IOException e) {
        assertThat(Files.readAllBytes(source)).isEqualTo(bytes);
        return;
      }
    }
    throw new AssertionError(
        (1 + TOO_MUCH / SPACE) + " files of " + SPACE + " bytes fit into the store");
  }

  @ContractTest
  @AsOnLinux
  void usableSpaceShrinksAsAFileGrows() throws IOException {
    Path file = Files.createFile(path("f"));
    long before = Files.getFileStore(file).getUsableSpace();

    Files.write(file, bytes(SPACE / 2));

    assertThat(Files.getFileStore(file).getUsableSpace()).isLessThan(before);
  }

  private Path path(String name) {
    return Objects.requireNonNull(limited).root().resolve(name);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 251);
    }
    return bytes;
  }
}
