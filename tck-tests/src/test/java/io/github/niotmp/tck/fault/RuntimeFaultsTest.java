package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Multiset;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileHandle;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.internal.spi.UnnamedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A provider whose calls throw RuntimeExceptions: callers of {@code storage=host} see none. */
class RuntimeFaultsTest {
  private final FaultyFileSystem disk =
      new FaultyFileSystem(
          Jimfs.newFileSystem(
              Configuration.unix().toBuilder()
                  .setAttributeViews("basic", "owner", "posix")
                  .build()));

  @SuppressWarnings("NullAway.Init") // opened before each test
  private FileSystem tmp;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Path file;

  @BeforeEach
  void open() throws IOException {
    Path directory = Files.createDirectory(disk.getPath("/host"));
    tmp = TmpFileSystems.open(Map.of("storage", "host", "directory", directory));
    file = Files.writeString(tmp.getPath("/file"), "text");
    Files.createDirectories(tmp.getPath("/directory/inner"));
    Files.createSymbolicLink(tmp.getPath("/link"), tmp.getPath("file"));
  }

  @AfterEach
  void close() throws IOException {
    disk.set(Fault.none());
    tmp.close();
    assertThat(disk.open().all()).isEmpty();
    disk.close();
  }

  /** What a user does. */
  @FunctionalInterface
  private interface Use {
    void run() throws IOException;
  }

  private List<Use> uses() {
    Path directory = tmp.getPath("/directory");
    Path made = tmp.getPath("/made");
    return List.of(
        () -> Files.readString(tmp.getPath("/link")),
        () -> Files.writeString(made, "text"),
        () -> Files.deleteIfExists(made),
        () -> Files.createDirectory(made),
        () -> Files.setLastModifiedTime(made, FileTime.fromMillis(0)),
        () -> Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx------")),
        () -> Files.move(made, directory.resolve("moved")),
        () -> Files.delete(directory.resolve("moved")),
        () -> Files.createLink(made, file),
        () -> Files.delete(made),
        () -> Files.createSymbolicLink(made, tmp.getPath("file")),
        () -> Files.readSymbolicLink(made),
        () -> Files.copy(made, tmp.getPath("/copy"), StandardCopyOption.COPY_ATTRIBUTES),
        () -> Files.deleteIfExists(tmp.getPath("/copy")),
        () -> Files.deleteIfExists(made),
        () -> assertThat(directory.toRealPath()).isAbsolute(),
        () -> Files.exists(directory),
        () -> Files.isWritable(directory),
        () -> Files.size(file),
        () -> Files.getFileStore(file).getUsableSpace(),
        () -> useChannel(tmp.getPath("/channel")),
        () -> useStream(directory),
        () -> Files.deleteIfExists(tmp.getPath("/channel")));
  }

  private static void useChannel(Path path) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      channel.write(ByteBuffer.allocate(10));
      channel.truncate(5);
      channel.read(ByteBuffer.allocate(3), 0);
      channel.force(true);
      channel.size();
    }
  }

  private static void useStream(Path directory) throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path entry : stream) {
        Path name = entry.getFileName();
        SecureDirectoryStream<Path> secure = (SecureDirectoryStream<Path>) stream;
        secure.getFileAttributeView(name, BasicFileAttributeView.class).readAttributes();
        secure.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS).close();
        Path file = name.getFileSystem().getPath("file");
        secure
            .newByteChannel(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE))
            .close();
        Path moved = name.getFileSystem().getPath("moved");
        secure.move(file, secure, moved);
        secure.deleteFile(moved);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static Stream<Supplier<RuntimeException>> exceptions() {
    return Stream.of(
        () -> new IllegalArgumentException("odd"),
        () -> new SecurityException("odd"),
        () -> new IllegalStateException("odd"),
        () -> new UncheckedIOException(new IOException("odd")),
        () -> new ArrayIndexOutOfBoundsException("odd"),
        () -> new ProviderMismatchException("odd"),
        ReadOnlyFileSystemException::new);
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void eachBecomesAnIoExceptionWithTheReason(Supplier<RuntimeException> exception)
      throws IOException {
    for (Use use : uses()) {
      for (int number = 1; ; number++) {
        Fault.Nth fault =
            Fault.at(
                number,
                call -> {
                  throw exception.get();
                });
        disk.set(fault);
        try {
          use.run();
        } catch (FileSystemException e) {
          assertThat(e.getFile()).as("step %s", e).doesNotContain("tree-");
        }
        disk.set(Fault.none());
        if (!fault.happened()) {
          break;
        }
      }
    }
  }

  @Test
  void anErrorLeavesNoChannelAndNoFileOfTheOpenThatItEnded() throws IOException {
    Path made = tmp.getPath("/made");
    FileAttribute<?> mode =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    List<Use> opens =
        List.of(
            () -> FileChannel.open(file).close(),
            () -> FileChannel.open(tmp.getPath("/directory")).close(),
            () -> {
              FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                  .close();
              disk.set(Fault.none());
              Files.writeString(file, "text");
            },
            () -> {
              FileChannel.open(
                      made, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)
                  .close();
              disk.set(Fault.none());
              Files.delete(made);
            },
            () -> ((UnnamedFiles) tmp).createUnnamed(tmp.getPath("/")).close());
    for (Use open : opens) {
      for (int number = 1; ; number++) {
        Fault.Nth fault =
            Fault.at(
                number,
                call -> {
                  throw new StackOverflowError("deep");
                });
        Multiset<String> before = ImmutableMultiset.copyOf(disk.open().all());
        disk.set(fault);
        try {
          open.run();
        } catch (StackOverflowError e) {
          disk.set(Fault.none());
          assertThat(disk.open().all()).as("step %s", number).isEqualTo(before);
          assertThat(made).as("step %s", number).doesNotExist();
        }
        disk.set(Fault.none());
        if (!fault.happened()) {
          break;
        }
      }
    }
  }

  @Test
  void aFileThatIsReplacedBeforeEachOpenIsRefusedInTheEnd() throws IOException {
    Path real = Decoration.unwrap(realOf("file"));
    disk.set(
        call -> {
          if (call.name().equals("open")) {
            Path other = Files.createFile(real.resolveSibling("other"));
            Files.move(other, real, StandardCopyOption.REPLACE_EXISTING);
          }
        });

    assertThatThrownBy(() -> Files.readString(file))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage("/file: Another program replaced it each of the 100 times it was found");
  }

  @Test
  void aDirectoryThatIsReplacedByALinkAsAFileInItOpensIsNotFollowed() throws IOException {
    Path inside = Files.createFile(tmp.getPath("/directory/inside"));
    Path directory = Decoration.unwrap(realOf("directory"));
    Path moved = directory.resolveSibling("moved");
    disk.set(
        call -> {
          if (call.name().equals("open")) {
            disk.set(Fault.none());
            Files.move(directory, moved);
            Files.createSymbolicLink(directory, moved);
          }
        });

    assertThatThrownBy(() -> Files.readString(inside))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(
            "/directory/inside: Another program replaced a directory above it with a symbolic"
                + " link");
  }

  @Test
  void aProviderThatCannotRemoveFilesIsRefusedForATree() throws IOException {
    Path directory = Files.createDirectory(disk.getPath("/another"));
    disk.set(
        call -> {
          if (call.name().startsWith("delete") && call.path().contains("/probe-")) {
            disk.set(Fault.none());
            throw new IOException("write-once");
          }
        });

    assertThatThrownBy(() -> TmpFileSystems.open(Map.of("storage", "host", "directory", directory)))
        .isInstanceOf(FileSystemException.class)
        .hasMessageEndingWith(
            ": storage=host needs a provider that can remove a file: write-once; choose another"
                + " 'directory'");
  }

  @Test
  void anErrorOfTheDiskAsOtherFilesLeaveMemoryIsAReasonOfTheWrite() throws IOException {
    Path directory = Files.createDirectory(disk.getPath("/spill"));
    try (FileSystem spooled =
        TmpFileSystems.open(Map.of("directory", directory, "memoryBudget", "64KiB"))) {
      Path cold = Files.write(spooled.getPath("/cold"), new byte[40 << 10]);
      disk.set(
          call -> {
            throw new StackOverflowError("deep");
          });

      assertThatThrownBy(() -> Files.write(spooled.getPath("/new"), new byte[40 << 10]))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Files cannot leave memory: java.lang.StackOverflowError: deep");
      disk.set(Fault.none());
      assertThat(cold).hasSize(40 << 10);
    }
  }

  @Test
  void theReasonIsKept() {
    disk.set(
        call -> {
          throw new IllegalArgumentException("attrs not yet supported");
        });

    assertThatThrownBy(() -> Files.readString(file))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage("/file: attrs not yet supported")
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aBackingThatIsClosedSaysSo() {
    disk.set(
        call -> {
          throw new ClosedFileSystemException();
        });

    assertThatThrownBy(() -> Files.readString(file))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage("/file: The file system that has the directory is closed");
  }

  @Test
  void whatIsNotSupportedIsSoWhereItMayBe() {
    disk.set(
        call -> {
          if (call.name().equals("createLink")) {
            throw new UnsupportedOperationException("no such thing");
          }
        });

    assertThatThrownBy(() -> Files.createLink(tmp.getPath("/new"), file))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void whatEachHostHasIsNotUnsupported() {
    disk.set(
        call -> {
          throw new UnsupportedOperationException("no such thing");
        });

    assertThat(Files.exists(file)).isFalse();
    assertThat(Files.isReadable(file)).isFalse();
    List<Use> uses =
        List.of(
            () -> Files.delete(file),
            () -> Files.readString(file),
            () -> Files.writeString(file, "new"),
            () -> Files.createDirectory(file),
            () -> Files.setLastModifiedTime(file, FileTime.fromMillis(0)));
    for (Use use : uses) {
      assertThatThrownBy(use::run)
          .isExactlyInstanceOf(FileSystemException.class)
          .hasMessage("/file: no such thing");
    }
  }

  @Test
  void anOpenFileHasNoAttributesOfTheFileThatTakesItsName() throws IOException {
    Path real = realOf("file");
    Path other = realOf("other");
    Files.writeString(tmp.getPath("/other"), "longer text");
    AtomicInteger looks = new AtomicInteger();
    try (FileChannel channel = FileChannel.open(file)) {
      BasicFileAttributeView view = ((TmpFileHandle) channel).view();
      disk.set(
          call -> {
            if (call.name().equals("readAttributes") && looks.incrementAndGet() == 2) {
              disk.set(Fault.none());
              Files.move(other, real, StandardCopyOption.REPLACE_EXISTING);
            }
          });

      assertThatThrownBy(view::readAttributes).isInstanceOf(NoSuchFileException.class);
    }
    assertThat(Files.readString(file)).isEqualTo("longer text");
  }

  private Path realOf(String name) throws IOException {
    try (Stream<Path> below = Files.walk(disk.getPath("/host"))) {
      return below
          .filter(each -> each.endsWith("file"))
          .findFirst()
          .orElseThrow()
          .resolveSibling(name);
    }
  }

  /** Creates and deletes nothing, and reports success. */
  private static final class Lie implements Fault {
    @Override
    public void before(Call call) {}

    @Override
    public boolean isLie() {
      return true;
    }
  }

  @Test
  void successesThatTheHostDidNotHaveAreNotBelieved() {
    disk.set(new Lie());

    assertThatThrownBy(() -> Files.delete(file))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage("/file: Still exists, though its provider reported its deletion");
    assertThatThrownBy(() -> Files.createDirectory(tmp.getPath("/new")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("/new: Is not there though its provider reported its creation");
  }

  @Test
  void aFileOfTheSameKeyThatWasCreatedLaterIsAnother() throws IOException {
    Path real = realOf("file");
    BasicFileAttributes before = Files.readAttributes(real, BasicFileAttributes.class);
    assertThat(ForeignProvider.isThere(real, before)).isTrue();

    Files.getFileAttributeView(real, BasicFileAttributeView.class)
        .setTimes(null, null, FileTime.fromMillis(0));

    assertThat(ForeignProvider.isThere(real, before)).isFalse();
  }

  @Test
  void aFileThatTakesTheNameOfADeletedOneIsNotTakenForIt() throws IOException {
    Path real = realOf("file");
    AtomicInteger deletions = new AtomicInteger();
    disk.set(
        call -> {
          if (call.name().equals("delete")) {
            deletions.incrementAndGet();
          } else if (call.name().equals("readAttributes") && deletions.get() == 1) {
            disk.set(Fault.none());
            Files.createFile(real);
          }
        });

    Files.delete(file);

    assertThat(deletions).hasValue(1);
    assertThat(Files.size(file)).isZero();
  }

  @Test
  void aVolumeInAClosedFileSystemClosesWithAnIoException() throws IOException {
    FileSystem outer = TmpFileSystems.open(Map.of());
    FileSystem inner =
        TmpFileSystems.open(Map.of("storage", "host", "directory", outer.getPath("/")));
    outer.close();

    assertThatThrownBy(inner::close)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("The file system that has the directory is closed");
  }

  @Test
  void anOwnerOfAnotherProviderIsAMismatch() {
    UserPrincipal other = () -> "other";
    disk.set(
        call -> {
          if (call.name().equals("setOwner")) {
            throw new ProviderMismatchException("odd");
          }
        });

    assertThatThrownBy(() -> Files.setOwner(file, other))
        .isInstanceOf(ProviderMismatchException.class);
  }
}
