package io.github.niotmp.tck.channel;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The contract of {@link java.nio.file.StandardOpenOption#DELETE_ON_CLOSE}: the close deletes the
 * file. With {@link Feature#DELETES_AT_THE_LAST_CLOSE} the close of the last handle with the option
 * deletes the opened file, even if it was renamed.
 *
 * @see java.nio.file.StandardOpenOption#DELETE_ON_CLOSE
 * @see java.nio.file.FileSystem#close
 */
@AsOnLinux
public class DeleteOnCloseContract extends ChannelContract {

  /** A way to open a file with DELETE_ON_CLOSE. */
  enum Handle {
    BYTE_CHANNEL {
      @Override
      Closeable open(Path file, OpenOption... options) throws IOException {
        return Files.newByteChannel(file, options);
      }
    },
    FILE_CHANNEL(Feature.FILE_CHANNELS) {
      @Override
      Closeable open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, options);
      }
    },
    OUTPUT_STREAM {
      @Override
      Closeable open(Path file, OpenOption... options) throws IOException {
        return Files.newOutputStream(file, options);
      }
    },
    ASYNCHRONOUS_FILE_CHANNEL(Feature.ASYNCHRONOUS_CHANNELS) {
      @Override
      Closeable open(Path file, OpenOption... options) throws IOException {
        return AsynchronousFileChannel.open(file, options);
      }
    };

    private final @Nullable Feature needed;

    Handle() {
      this(null);
    }

    Handle(@Nullable Feature needed) {
      this.needed = needed;
    }

    abstract Closeable open(Path file, OpenOption... options) throws IOException;
  }

  static Handle[] handles() {
    return Handle.values();
  }

  private Closeable open(Handle handle, OpenOption... options) throws IOException {
    Feature needed = handle.needed;
    assumeTrue(needed == null || has(needed), () -> subject() + " lacks " + needed);
    return handle.open(file(), options);
  }

  /** Skips the test if the provider does not support the option. */
  @ContractTest(rows = "handles")
  @Required(
      by = Files.class,
      member = "newByteChannel(Path,Set,FileAttribute...)",
      sentence =
          "When this option is present then the implementation makes a best effort attempt to"
              + " delete the file when closed by the close method.")
  void theCloseDeletesANewFile(Handle handle) throws IOException {
    try (Closeable opened = open(handle, CREATE_NEW, WRITE, DELETE_ON_CLOSE)) {
      assertThat(opened).isNotNull();
    } catch (UnsupportedOperationException e) {
      abort(subject() + " does not support DELETE_ON_CLOSE");
    }
    assertThat(file()).doesNotExist();
  }

  /** Skips the test if the provider does not support the option. */
  @ContractTest(rows = "handles")
  @Required(
      by = Files.class,
      member = "newByteChannel(Path,Set,FileAttribute...)",
      sentence =
          "When this option is present then the implementation makes a best effort attempt to"
              + " delete the file when closed by the close method.")
  void theCloseDeletesAnExistingFile(Handle handle) throws IOException {
    fileOf("abc");
    try (Closeable opened = open(handle, WRITE, DELETE_ON_CLOSE)) {
      assertThat(opened).isNotNull();
    } catch (UnsupportedOperationException e) {
      abort(subject() + " does not support DELETE_ON_CLOSE");
    }
    assertThat(file()).doesNotExist();
  }

  @ContractTest(rows = "handles")
  @Needs(Feature.DELETES_AT_THE_LAST_CLOSE)
  @Required(
      by = Files.class,
      member = "newByteChannel(Path,Set,FileAttribute...)",
      sentence = "attempt to delete the file when closed by the close method.")
  void theFileExistsUntilTheClose(Handle handle) throws IOException {
    fileOf("abcdefghij");
    Closeable opened = open(handle, WRITE, DELETE_ON_CLOSE);
    assertThat(contentOf(file())).isEqualTo("abcdefghij");
    opened.close();
    assertThat(file()).doesNotExist();
    opened.close();
  }

  @ContractTest
  @Needs(Feature.DELETES_AT_THE_LAST_CLOSE)
  void theCloseOfAnInputStreamDeletesTheFile() throws IOException {
    fileOf("abcdefghij");
    InputStream in = Files.newInputStream(file(), DELETE_ON_CLOSE);
    assertThat(contentOf(file())).isEqualTo("abcdefghij");
    in.close();
    assertThat(file()).doesNotExist();
    in.close();
  }

  @ContractTest
  @Needs({Feature.DELETES_AT_THE_LAST_CLOSE, Feature.FILE_CHANNELS})
  void theDirectoryOfADeletedFileIsEmpty() throws IOException {
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
  @Needs({Feature.DELETES_AT_THE_LAST_CLOSE, Feature.FILE_CHANNELS})
  void theLastHandleWithTheOptionDeletesTheFile() throws IOException {
    fileOf("abc");
    FileChannel one = open(READ, DELETE_ON_CLOSE);
    FileChannel other = open(READ, DELETE_ON_CLOSE);
    one.close();
    assertThat(file()).exists();
    other.close();
    assertThat(file()).doesNotExist();
  }

  @ContractTest
  @Needs({Feature.DELETES_AT_THE_LAST_CLOSE, Feature.FILE_CHANNELS})
  void aHandleWithoutTheOptionKeepsTheBytesOnly() throws IOException {
    fileOf("abcdefghij");
    try (FileChannel plain = open(READ, WRITE)) {
      open(READ, DELETE_ON_CLOSE).close();
      assertThat(file()).doesNotExist();
      plain.write(bytes("X"));
      assertThat(readAt(plain, 0, 10)).isEqualTo("Xbcdefghij");
    }
  }

  @ContractTest
  @Needs({Feature.DELETES_AT_THE_LAST_CLOSE, Feature.FILE_CHANNELS})
  void theCloseOfAHandleWithoutTheOptionDeletesNothing() throws IOException {
    fileOf("abc");
    FileChannel asked = open(READ, DELETE_ON_CLOSE);
    open(READ).close();
    assertThat(file()).exists();
    asked.close();
    assertThat(file()).doesNotExist();
  }

  @ContractTest
  @Needs({Feature.DELETES_AT_THE_LAST_CLOSE, Feature.FILE_CHANNELS})
  void aRenamedFileIsDeletedByItsNewName() throws IOException {
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
  @Needs({Feature.DELETES_AT_THE_LAST_CLOSE, Feature.FILE_CHANNELS})
  void aFileInARenamedDirectoryIsDeleted() throws IOException {
    Path directory = Files.createDirectory(root().resolve("directory"));
    Path file = Files.writeString(directory.resolve("file"), "abc");
    FileChannel channel = FileChannel.open(file, READ, DELETE_ON_CLOSE);
    Path elsewhere = Files.move(directory, root().resolve("elsewhere"));
    assertThat(elsewhere.resolve("file")).exists();
    channel.close();
    assertThat(elsewhere).isEmptyDirectory();
  }

  @ContractTest
  @Needs({Feature.DELETES_AT_THE_LAST_CLOSE, Feature.FILE_CHANNELS})
  void aNewFileOfTheSameNameIsKept() throws IOException {
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
  @Needs({Feature.DELETES_AT_THE_LAST_CLOSE, Feature.FILE_CHANNELS})
  void aFileThatReplacedTheOpenedOneIsKept() throws IOException {
    fileOf("old");
    Path other = Files.writeString(root().resolve("other"), "other");
    FileChannel channel = open(READ, DELETE_ON_CLOSE);
    Files.move(other, file(), REPLACE_EXISTING);
    channel.close();
    assertThat(contentOf(file())).isEqualTo("other");
  }

  @ContractTest
  @Needs({Feature.DELETES_AT_THE_LAST_CLOSE, Feature.HARD_LINKS, Feature.FILE_CHANNELS})
  void anotherNameOfTheFileIsKept() throws IOException {
    fileOf("abc");
    Path link = Files.createLink(root().resolve("link"), file());
    open(READ, DELETE_ON_CLOSE).close();
    assertThat(file()).doesNotExist();
    assertThat(contentOf(link)).isEqualTo("abc");
  }

  @ContractTest
  @Needs({Feature.DELETES_AT_THE_LAST_CLOSE, Feature.FILE_CHANNELS})
  void theCloseAfterTheFileWasDeletedDoesNothing() throws IOException {
    Path directory = Files.createDirectory(root().resolve("directory"));
    Path file = directory.resolve("file");
    FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE, DELETE_ON_CLOSE);
    Files.delete(file);
    Files.delete(directory);
    channel.close();
    assertThat(directory).doesNotExist();
  }

  @ContractTest
  @Needs({Feature.DELETES_AT_THE_LAST_CLOSE, Feature.FILE_CHANNELS})
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
  @Needs({Feature.CLOSABLE, Feature.DELETES_AT_THE_LAST_CLOSE, Feature.FILE_CHANNELS})
  @Required(
      by = FileSystem.class,
      member = "close()",
      sentence =
          "After a file system is closed then all subsequent access to the file system, either by"
              + " methods defined by this class or on objects associated with this file system, throw"
              + " ClosedFileSystemException.")
  @Required(
      by = FileSystem.class,
      member = "close()",
      sentence = "and other closeable objects associated with this file system.")
  void theCloseOfTheFileSystemClosesItsHandles() throws IOException {
    fileOf("abcdefghij");
    FileChannel channel = open(READ, WRITE, DELETE_ON_CLOSE);
    channel.write(bytes("0123456789012345"));
    fileSystem().close();
    assertThat(channel.isOpen()).isFalse();
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(channel::size);
  }

  @ContractTest
  @Needs({Feature.CLOSABLE, Feature.DELETES_AT_THE_LAST_CLOSE})
  void theCloseOfTheFileSystemClosesItsStreams() throws IOException {
    fileOf("abcdefghij");
    InputStream in = Files.newInputStream(file(), DELETE_ON_CLOSE);
    fileSystem().close();
    assertThatIOException().isThrownBy(in::read);
  }
}
