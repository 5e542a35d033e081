package io.github.niotmp.tck.channel;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The contract of {@link java.nio.file.StandardOpenOption#DELETE_ON_CLOSE}: the close of the last
 * handle with the option deletes the opened file, even if it was renamed.
 *
 * @see java.nio.file.StandardOpenOption#DELETE_ON_CLOSE
 * @see java.nio.file.FileSystem#close
 */
@Needs(Feature.DELETES_AT_THE_LAST_CLOSE)
public class DeleteOnCloseContract extends ChannelContract {

  /** A way to open {@link #file()} with DELETE_ON_CLOSE. */
  @FunctionalInterface
  private interface Opener {
    Closeable open() throws IOException;
  }

  @ContractTest
  void everyKindOfHandleKeepsTheNameUntilItIsClosed() throws IOException {
    List<Opener> openers =
        List.of(
            () -> FileChannel.open(file(), READ, DELETE_ON_CLOSE),
            () -> FileChannel.open(file(), WRITE, DELETE_ON_CLOSE),
            () -> Files.newByteChannel(file(), READ, DELETE_ON_CLOSE),
            () -> AsynchronousFileChannel.open(file(), READ, WRITE, DELETE_ON_CLOSE),
            () -> Files.newInputStream(file(), DELETE_ON_CLOSE),
            () -> Files.newOutputStream(file(), WRITE, DELETE_ON_CLOSE));
    for (Opener opener : openers) {
      fileOf("abcdefghij");
      Closeable handle = opener.open();
      assertThat(contentOf(file())).isEqualTo("abcdefghij");
      handle.close();
      assertThat(file()).doesNotExist();
      handle.close();
    }
  }

  @ContractTest
  void aFileThatIsCreatedGoesTooAndItsDirectoryIsEmptyThen() throws IOException {
    Path directory = Files.createDirectory(root().resolve("directory"));
    Path file = directory.resolve("file");
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE, DELETE_ON_CLOSE)) {
      channel.write(bytes("0123456789"));
      assertThat(file).hasSize(10);
    }
    assertThat(directory).isEmptyDirectory();
    Files.delete(directory);
  }

  @ContractTest
  void theLastHandleThatAskedRemovesTheName() throws IOException {
    fileOf("abc");
    FileChannel one = open(READ, DELETE_ON_CLOSE);
    FileChannel other = open(READ, DELETE_ON_CLOSE);
    one.close();
    assertThat(file()).exists();
    other.close();
    assertThat(file()).doesNotExist();
  }

  @ContractTest
  void aHandleThatDidNotAskKeepsTheBytesButNotTheName() throws IOException {
    fileOf("abcdefghij");
    try (FileChannel plain = open(READ, WRITE)) {
      open(READ, DELETE_ON_CLOSE).close();
      assertThat(file()).doesNotExist();
      plain.write(bytes("X"));
      assertThat(readAt(plain, 0, 10)).isEqualTo("Xbcdefghij");
    }
  }

  @ContractTest
  void closingAHandleThatDidNotAskRemovesNothing() throws IOException {
    fileOf("abc");
    FileChannel asked = open(READ, DELETE_ON_CLOSE);
    open(READ).close();
    assertThat(file()).exists();
    asked.close();
    assertThat(file()).doesNotExist();
  }

  @ContractTest
  void theFileGoesUnderItsNewName() throws IOException {
    fileOf("abc");
    Path directory = Files.createDirectory(root().resolve("directory"));
    Path moved = directory.resolve("moved");
    FileChannel channel = open(READ, DELETE_ON_CLOSE);
    Files.move(file(), root().resolve("first"));
    Files.move(root().resolve("first"), moved);
    assertThat(moved).exists();
    channel.close();
    assertThat(moved).doesNotExist();
    assertThat(directory).isEmptyDirectory();
  }

  @ContractTest
  void theFileGoesWhereItsDirectoryWasMovedTo() throws IOException {
    Path directory = Files.createDirectory(root().resolve("directory"));
    Path file = Files.writeString(directory.resolve("file"), "abc");
    FileChannel channel = FileChannel.open(file, READ, DELETE_ON_CLOSE);
    Path elsewhere = Files.move(directory, root().resolve("elsewhere"));
    assertThat(elsewhere.resolve("file")).exists();
    channel.close();
    assertThat(elsewhere).isEmptyDirectory();
  }

  @ContractTest
  void aNewFileUnderTheOldNameStays() throws IOException {
    fileOf("old");
    FileChannel deleted = open(READ, DELETE_ON_CLOSE);
    Files.delete(file());
    fileOf("new");
    deleted.close();
    assertThat(contentOf(file())).isEqualTo("new");
    FileChannel moved = open(READ, DELETE_ON_CLOSE);
    Files.move(file(), root().resolve("moved"));
    fileOf("newer");
    moved.close();
    assertThat(contentOf(file())).isEqualTo("newer");
    assertThat(root().resolve("moved")).doesNotExist();
  }

  @ContractTest
  void aFileThatReplacedItStays() throws IOException {
    fileOf("old");
    Path other = Files.writeString(root().resolve("other"), "other");
    FileChannel channel = open(READ, DELETE_ON_CLOSE);
    Files.move(other, file(), REPLACE_EXISTING);
    channel.close();
    assertThat(contentOf(file())).isEqualTo("other");
  }

  @ContractTest
  void anotherNameOfTheFileStays() throws IOException {
    fileOf("abc");
    Path link = Files.createLink(root().resolve("link"), file());
    open(READ, DELETE_ON_CLOSE).close();
    assertThat(file()).doesNotExist();
    assertThat(contentOf(link)).isEqualTo("abc");
  }

  @ContractTest
  void closingAfterTheFileAndItsDirectoryAreGoneDoesNothing() throws IOException {
    Path directory = Files.createDirectory(root().resolve("directory"));
    Path file = directory.resolve("file");
    FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE, DELETE_ON_CLOSE);
    Files.delete(file);
    Files.delete(directory);
    channel.close();
    assertThat(directory).doesNotExist();
  }

  @ContractTest
  void anInterruptThatClosesTheChannelDeletesTheFile() throws IOException {
    try (FileChannel channel = open(CREATE_NEW, WRITE, DELETE_ON_CLOSE)) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(ClosedByInterruptException.class)
          .isThrownBy(() -> channel.write(ByteBuffer.allocate(100)));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(file()).doesNotExist();
    } finally {
      Thread.interrupted();
    }
  }

  @ContractTest
  void closingTheFileSystemClosesItsHandles() throws IOException {
    fileOf("abcdefghij");
    FileChannel channel = open(READ, WRITE, DELETE_ON_CLOSE);
    InputStream in = Files.newInputStream(file(), DELETE_ON_CLOSE);
    channel.write(bytes("0123456789012345"));
    fileSystem().close();
    assertThat(channel.isOpen()).isFalse();
    assertThatExceptionOfType(IOException.class).isThrownBy(in::read);
  }
}
