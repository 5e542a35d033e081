package io.github.niotmp.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileAttributes.Lifetime;
import io.github.niotmp.TmpFileHandle;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpUsage;
import io.github.niotmp.account.Accounts;
import io.github.niotmp.internal.spi.UnnamedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"spooled", "host"})
class UnnamedFilesTest {
  @TempDir static Path host;

  @Parameter
  @SuppressWarnings("NullAway.Init") // by JUnit
  String storage;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private FileSystem tmp;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path work;

  @BeforeEach
  void open() throws IOException {
    tmp = TmpFileSystems.open(Map.of("storage", storage, "directory", host));
    work = Files.createDirectory(tmp.getPath("/work"));
  }

  @AfterEach
  void close() throws IOException {
    tmp.close();
  }

  private FileChannel create(Path directory, FileAttribute<?>... attributes) throws IOException {
    return ((UnnamedFiles) tmp).createUnnamed(directory, attributes);
  }

  private static FileAttribute<?> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  private static TmpFileAttributeView view(FileChannel file) {
    return ((TmpFileHandle) file).view();
  }

  private static FileAttribute<Long> threshold(long bytes) {
    return new FileAttribute<>() {
      @Override
      public String name() {
        return "tmp:spoolThreshold";
      }

      @Override
      public Long value() {
        return bytes;
      }
    };
  }

  @Test
  void theFileReadsBackItsBytesAndHasNoName() throws IOException {
    try (FileChannel file = create(work)) {
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      ByteBuffer read = ByteBuffer.allocate(4);
      file.read(read, 0);

      assertThat(read.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      assertThat(view(file).readAttributes().lifetime()).isEqualTo(Lifetime.HANDLE);
      try (Stream<Path> names = Files.list(work)) {
        assertThat(names).isEmpty();
      }
    }
  }

  @Test
  void aFileCountsUntilItIsClosed() throws IOException {
    FileChannel file = create(work);
    file.write(ByteBuffer.allocate(100));

    TmpUsage open = TmpFileSystems.usage(tmp);
    file.close();
    TmpUsage closed = TmpFileSystems.usage(tmp);

    if (storage.equals("spooled")) { // the other one counts names
      assertThat(open.files()).isEqualTo(1);
      assertThat(open.size()).isEqualTo(100);
    }
    assertThat(open.openHandles()).isEqualTo(1);
    assertThat(closed.files()).isZero();
    assertThat(closed.size()).isZero();
    assertThat(closed.openHandles()).isZero();
  }

  @Test
  void theFileIsItsOwnersAloneUnlessOtherwiseAsked() throws IOException {
    try (FileChannel alone = create(work);
        FileChannel shared = create(work, permissions("rw-r--r--"))) {
      assertThat(mode(alone)).isEqualTo("rw-------");
      assertThat(mode(shared)).isEqualTo("rw-r--r--");
    }
  }

  private static String mode(FileChannel file) throws IOException {
    var attributes = (PosixFileAttributes) view(file).readAttributes();
    return PosixFilePermissions.toString(attributes.permissions());
  }

  @Test
  void aFileWithoutPermissionsIsOpenForReadingAndWriting() throws IOException {
    try (FileChannel file = create(work, permissions("---------"))) {
      assertThat(file.write(ByteBuffer.allocate(5))).isEqualTo(5);
      assertThat(file.read(ByteBuffer.allocate(9), 0)).isEqualTo(5);
    }
  }

  @Test
  void aThresholdHolds() throws IOException {
    if (storage.equals("host")) {
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> create(work, threshold(10)));
      assertThat(TmpFileSystems.usage(tmp).files()).isZero();
      return;
    }
    try (FileChannel file = create(work, threshold(10))) {
      file.write(ByteBuffer.allocate(10));
      assertThat(view(file).readAttributes().isRolledOver()).isFalse();
      file.write(ByteBuffer.allocate(1));
      assertThat(view(file).readAttributes().isRolledOver()).isTrue();
    }
    assertThat(TmpFileSystems.usage(tmp).diskBytes()).isZero();
  }

  @Test
  void anUnknownAttributeIsRefusedAndLeavesNoFile() {
    FileAttribute<String> unknown =
        new FileAttribute<>() {
          @Override
          public String name() {
            return "dos:unknown";
          }

          @Override
          public String value() {
            return "x";
          }
        };

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> create(work, unknown))
        .withMessageContaining("dos:unknown");

    assertThat(TmpFileSystems.usage(tmp).files()).isZero();
  }

  @Test
  void theDirectoryHasToExist() throws IOException {
    Path file = Files.createFile(work.resolve("file"));
    Path link = Files.createSymbolicLink(tmp.getPath("/link"), tmp.getPath("work"));
    Path loop = Files.createSymbolicLink(tmp.getPath("/loop"), tmp.getPath("loop"));

    create(link).close();
    create(tmp.getPath("work")).close();
    create(tmp.getPath("")).close();

    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> create(work.resolve("missing")))
        .withMessage("/work/missing");
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> create(file))
        .withMessage("/work/file: Not a directory");
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> create(loop))
        .withMessageStartingWith("/loop: Too many levels of symbolic links");
  }

  @Test
  void aPathOfAnotherFileSystemIsRefused() throws IOException {
    try (FileSystem other = TmpFileSystems.open(Map.of())) {
      assertThatExceptionOfType(ProviderMismatchException.class)
          .isThrownBy(() -> create(other.getPath("/")));
    }
    assertThatExceptionOfType(ProviderMismatchException.class).isThrownBy(() -> create(host));
  }

  @Test
  void theFileGoesWithItsFileSystem() throws IOException {
    FileChannel file = create(work);

    tmp.close();

    assertThat(file.isOpen()).isFalse();
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(file::size);
    assertThatExceptionOfType(ClosedFileSystemException.class).isThrownBy(() -> create(work));
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void makingAFileShowsNowhereInItsDirectory() throws IOException {
    assumeThat(storage).as("the host gives the file a name first").isEqualTo("spooled");
    Files.setLastModifiedTime(work, FileTime.fromMillis(0));

    create(work).close();

    assertThat(Files.getLastModifiedTime(work).toMillis()).isZero();
  }

  @Test
  void aDirectoryThatWasRemovedTakesNoFile() throws IOException {
    Files.delete(work);

    assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> create(work));
  }

  @Test
  void aDirectoryThatMayNotBeWrittenTakesNoFile() throws IOException {
    if (Accounts.isRoot()) {
      Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("---------"));
      create(work).close(); // permissions do not bind root
      return;
    }
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("r-x------"));

    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> create(work))
        .withMessage("/work");
  }
}
