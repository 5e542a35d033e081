package io.github.niotmp.tck.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.FileSystemFixture;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract of read-only file systems, for each {@link ReadOnlySubject}: reads work, and each
 * write is refused and changes nothing.
 *
 * @see FileSystem#isReadOnly
 * @see ReadOnlyFileSystemException
 */
public class ReadOnlyContract extends FileSystemContract {
  private @Nullable FileSystemFixture readOnly;

  /** A call that writes. */
  private record Write(String name, Call call, List<Feature> needed) {
    Write(String name, Call call, Feature... needed) {
      this(name, call, List.of(needed));
    }

    /** Returns the name of the call, which is that of the row. */
    @Override
    public String toString() {
      return name;
    }
  }

  /** A call with the file and the empty directory of the fixture. */
  private interface Call {
    void make(Path file, Path directory) throws IOException;
  }

  static Write[] writes() {
    return new Write[] {
      new Write("createFile", (f, d) -> Files.createFile(d.resolve("new"))),
      new Write("createDirectory", (f, d) -> Files.createDirectory(d.resolve("new"))),
      new Write("createTempFile", (f, d) -> Files.createTempFile(d, "new", null)),
      new Write("newByteChannel, WRITE", (f, d) -> Files.newByteChannel(f, WRITE).close()),
      new Write("newByteChannel, APPEND", (f, d) -> Files.newByteChannel(f, APPEND).close()),
      new Write(
          "newByteChannel, CREATE",
          (f, d) -> Files.newByteChannel(d.resolve("new"), CREATE, WRITE).close()),
      new Write(
          "newByteChannel, CREATE_NEW",
          (f, d) -> Files.newByteChannel(d.resolve("new"), CREATE_NEW, WRITE).close()),
      new Write("newOutputStream", (f, d) -> Files.newOutputStream(f).close()),
      new Write("writeString", (f, d) -> Files.writeString(d.resolve("new"), "new")),
      new Write(
          "FileChannel.open", (f, d) -> FileChannel.open(f, WRITE).close(), Feature.FILE_CHANNELS),
      new Write("delete a file", (f, d) -> Files.delete(f)),
      new Write("delete a directory", (f, d) -> Files.delete(d)),
      new Write("deleteIfExists", (f, d) -> Files.deleteIfExists(f)),
      new Write("copy", (f, d) -> Files.copy(f, d.resolve("new"))),
      new Write("copy onto a file", (f, d) -> Files.copy(d, f, REPLACE_EXISTING)),
      new Write("move", (f, d) -> Files.move(f, d.resolve("new"))),
      new Write(
          "setLastModifiedTime",
          (f, d) -> Files.setLastModifiedTime(f, FileTime.fromMillis(0)),
          Feature.SETS_MODIFICATION_TIMES),
      new Write(
          "createSymbolicLink",
          (f, d) -> Files.createSymbolicLink(d.resolve("new"), f),
          Feature.SYMBOLIC_LINKS),
      new Write("createLink", (f, d) -> Files.createLink(d.resolve("new"), f), Feature.HARD_LINKS)
    };
  }

  @BeforeEach
  void open() throws IOException {
    assumeTrue(
        subject() instanceof ReadOnlySubject, () -> subject() + " opens no read-only file systems");
    readOnly = ((ReadOnlySubject) subject()).openReadOnly();
  }

  @AfterEach
  void close() throws IOException {
    if (readOnly != null) {
      readOnly.close();
    }
  }

  @ContractTest
  @Required(
      by = FileSystem.class,
      member = "isReadOnly()",
      sentence = "true if, and only if, this file system provides read-only access")
  void theFileSystemIsReadOnly() {
    assertThat(file().getFileSystem().isReadOnly()).isTrue();
    assertThat(file().getFileSystem().isOpen()).isTrue();
  }

  @ContractTest
  @Required(
      by = FileSystem.class,
      sentence = "A FileSystem can provide read-only or read-write access to the file system.")
  void readsWork() throws IOException {
    assertUnchanged();
    assertThat(Files.size(file())).isEqualTo(ReadOnlySubject.TEXT.length());
    assertThat(Files.isReadable(file())).isTrue();
    assertThat(Files.isSameFile(file(), file().toRealPath())).isTrue();
    try (SeekableByteChannel channel = Files.newByteChannel(file())) {
      assertThat(channel.size()).isEqualTo(ReadOnlySubject.TEXT.length());
    }
  }

  @ContractTest(rows = "writes")
  @Required(
      by = FileSystem.class,
      sentence =
          "Attempts to write to file stores by means of an object associated with a read-only file"
              + " system throws ReadOnlyFileSystemException.")
  void aWriteIsRefused(Write write) throws IOException {
    for (Feature needed : write.needed()) {
      assumeTrue(has(needed), () -> subject() + " lacks " + needed);
    }

    Throwable refusal = catchThrowable(() -> write.call().make(file(), directory()));

    // a provider may not support APPEND at all
    assertThat(refusal)
        .isInstanceOfAny(
            write.name().endsWith("APPEND")
                ? new Class<?>[] {
                  ReadOnlyFileSystemException.class, UnsupportedOperationException.class
                }
                : new Class<?>[] {ReadOnlyFileSystemException.class});
    assertUnchanged();
  }

  @ContractTest
  @Required(
      by = FileSystem.class,
      sentence =
          "Attempts to write to file stores by means of an object associated with a read-only file"
              + " system throws ReadOnlyFileSystemException.")
  void permissionsAreNotSet() throws IOException {
    assumeTrue(
        file().getFileSystem().supportedFileAttributeViews().contains("posix"),
        () -> subject() + " has no view posix");
    Set<PosixFilePermission> before = Files.getPosixFilePermissions(file());

    assertThatExceptionOfType(ReadOnlyFileSystemException.class)
        .isThrownBy(() -> Files.setPosixFilePermissions(file(), Set.of()));
    assertThat(Files.getPosixFilePermissions(file())).isEqualTo(before);
  }

  /** The channel is of reading, and the file system is read-only: each refusal is documented. */
  @ContractTest
  @Required(
      by = WritableByteChannel.class,
      member = "write(ByteBuffer)",
      sentence = "If this channel was not opened for writing")
  void aReadingChannelDoesNotWrite() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file())) {
      assertThatThrownBy(() -> channel.write(ByteBuffer.wrap(new byte[1])))
          .isInstanceOfAny(NonWritableChannelException.class, ReadOnlyFileSystemException.class);
      assertThatThrownBy(() -> channel.truncate(0))
          .isInstanceOfAny(NonWritableChannelException.class, ReadOnlyFileSystemException.class);
    }
    assertUnchanged();
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "isWritable(Path)",
      sentence = "true if the file exists and is writable")
  void noFileIsWritable() {
    assertThat(Files.isWritable(file())).isFalse();
    assertThat(Files.isWritable(directory())).isFalse();
  }

  @ContractTest
  @AsOnLinux
  void theFileStoreIsReadOnly() throws IOException {
    assertThat(Files.getFileStore(file()).isReadOnly()).isTrue();
  }

  private void assertUnchanged() throws IOException {
    Path root = Objects.requireNonNull(readOnly).root();
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      entries.forEach(entry -> names.add(String.valueOf(entry.getFileName()).replace("/", "")));
    }
    assertThat(names).containsExactlyInAnyOrder(ReadOnlySubject.FILE, ReadOnlySubject.DIRECTORY);
    assertThat(Files.readString(file(), US_ASCII)).isEqualTo(ReadOnlySubject.TEXT);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory())) {
      assertThat(entries).isEmpty();
    }
  }

  private Path file() {
    return Objects.requireNonNull(readOnly).root().resolve(ReadOnlySubject.FILE);
  }

  private Path directory() {
    return Objects.requireNonNull(readOnly).root().resolve(ReadOnlySubject.DIRECTORY);
  }
}
