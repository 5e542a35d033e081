package io.github.niotmp.content;

import static io.github.niotmp.content.Anybody.ANYBODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.OpenFiles;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.internal.mapping.Mapping;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file with a name on the host, and the other programs that use it by that name. */
@Timeout(60)
@EnabledOnOs(OS.LINUX) // /proc shows how a file is open
class HostBytesTest {
  private static final long UNLIMITED = Long.MAX_VALUE;

  private final Path directory;
  private final ContentStore store;
  private final FileContent file;

  HostBytesTest(@TempDir Path temporary) {
    directory = temporary.resolve("spills");
    store =
        new ContentStore(
            new ContentSettings(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED),
            new SpillDirectory(directory, null),
            new FileSystemEvents("test"));
    file = store.newFile();
  }

  @BeforeEach
  void write() throws IOException {
    Files.createDirectory(directory);
    file.write(ByteBuffer.allocate(10), 0, ANYBODY);
  }

  @AfterEach
  void close() throws IOException {
    file.free();
    assertThat(store.usage().size()).isZero();
    assertThat(store.usage().filesOnHost()).isZero();
    store.close();
  }

  @ParameterizedTest
  @CsvSource({"rw-r-----, 4755, 4640", "---------, 4755, 4000", "rwxrwxrwx, 0000, 0777"})
  void otherProgramsSetThePermissionsButNotTheSetIdBits(String shown, String own, String found)
      throws IOException {
    Files.setPosixFilePermissions(host(), PosixFilePermissions.fromString(shown));

    assertThat(file.permissions(Integer.parseInt(own, 8))).isEqualTo(Integer.parseInt(found, 8));
  }

  @Test
  void permissionsThatTheHostDoesNotShowAreTheOwnOnes() throws IOException {
    Path real = host();
    Files.delete(real);
    assertThat(file.permissions(0640)).isEqualTo(0640);

    Path parent = parent(real);
    Files.delete(parent);
    Files.createFile(parent); // the look-up of the name fails
    assertThat(file.permissions(0640)).isEqualTo(0640);

    Files.delete(parent);
  }

  @Test
  void bytesOfARemovedFileThatAnotherProgramAppendsCount() throws IOException {
    Path real = host();
    try (SeekableByteChannel other = Files.newByteChannel(real, StandardOpenOption.APPEND)) {
      Files.delete(real);
      other.write(ByteBuffer.allocate(5));
    }

    assertThat(host()).isEqualTo(real).hasSize(15);

    assertThat(store.usage().size()).isEqualTo(15);
  }

  @Test
  void aRemovedFileThatAnotherProgramCutsDuringTheCopyIsReported() throws Exception {
    Path real = host();
    try (SeekableByteChannel other = Files.newByteChannel(real, StandardOpenOption.WRITE)) {
      other.write(ByteBuffer.wrap(new byte[] {1}));
      other.position(1L << 36).write(ByteBuffer.allocate(1)); // a hole that takes long to read
      Files.delete(real);
      FutureTask<Path> copy = new FutureTask<>(this::host);
      new Thread(copy).start();
      while (!copy.isDone() && (Files.notExists(real) || Files.size(real) == 0)) {
        Thread.onSpinWait();
      }
      other.truncate(1);

      assertThatThrownBy(() -> copy.get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(EOFException.class);
    }

    assertThat(host()).isEqualTo(real).hasBinaryContent(new byte[] {1});
    assertThat(store.usage().size()).isEqualTo(1);
  }

  @Test
  void bytesOfAReplacementCountOnceItIsAdopted() throws IOException {
    Path real = host();
    Path longer = Files.write(directory.resolve("longer"), new byte[25]);
    Files.move(longer, real, StandardCopyOption.REPLACE_EXISTING);

    assertThat(host()).isEqualTo(real);

    assertThat(store.usage().size()).isEqualTo(25);
  }

  @Test
  void aNameThatCannotBeCreatedAgainIsReported() throws IOException {
    Files.delete(host());
    Path away = Files.move(directory, directory.resolveSibling("away"));

    assertThatThrownBy(this::host).isInstanceOf(IOException.class);

    assertThat(file.read(ByteBuffer.allocate(20), 0)).isEqualTo(10);
    Files.move(away, directory);
    assertThat(host()).hasSize(10);
  }

  @Test
  void aFailureToShowTheAttributesLeavesNoFile() throws IOException {
    IllegalStateException failure = new IllegalStateException();

    assertThatThrownBy(() -> file.hostPath("", new Failing(failure, () -> {}), () -> "/f"))
        .isSameAs(failure)
        .hasNoSuppressedExceptions();

    assertThat(file.state().storage()).isEqualTo(Storage.MEMORY);
    assertThat(store.usage().filesOnHost()).isZero();
    assertThat(store.usage().diskBytes()).isZero();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aCopyOfBytesThatCannotBeReadLeavesNoFile() throws IOException {
    file.rollOver(() -> "/f");
    for (Path descriptor : OpenFiles.below(directory)) {
      try (SeekableByteChannel spill = Files.newByteChannel(descriptor, StandardOpenOption.WRITE)) {
        spill.truncate(5);
      }
    }

    assertThatThrownBy(this::host).isInstanceOf(IOException.class);

    assertThat(file.state().storage()).isEqualTo(Storage.DISK);
    assertThat(store.usage().filesOnHost()).isZero();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aCopyThatCannotBeRemovedEitherIsReportedToo() throws IOException {
    IllegalStateException failure = new IllegalStateException();
    Path away = directory.resolveSibling("away");
    Failing attributes =
        new Failing(
            failure,
            () -> {
              Files.move(directory, away);
              Files.createFile(directory); // the look-up of the name fails
            });

    assertThatThrownBy(() -> file.hostPath("", attributes, () -> "/f")).isSameAs(failure);

    assertThat(failure.getSuppressed()).hasAtLeastOneElementOfType(IOException.class);
    assertThat(store.usage().filesOnHost()).isZero();
    Files.delete(directory);
    Files.move(away, directory);
  }

  @Test
  void anotherProgramCanExecuteTheFileFromTheStart() throws IOException {
    Path real = host();

    assertThat(isOpenForWriting(real)).isFalse();
  }

  @Test
  void aMappingForReadingKeepsTheFileExecutableByOthers() throws IOException {
    Path real = host();

    file.map(Mapping.buffer(MapMode.READ_ONLY, 0, 10), false, ANYBODY);

    assertThat(isOpenForWriting(real)).isFalse();
  }

  @Test
  void aMappingForReadingBeyondTheEndExtendsTheFile() throws IOException {
    Path real = host();

    file.map(Mapping.buffer(MapMode.READ_ONLY, 0, 15), true, ANYBODY);

    assertThat(real).hasSize(15);
    assertThat(store.usage().size()).isEqualTo(15);
  }

  @Test
  void aMappedFileWithAnExecutePermissionCanBeExecuted() throws IOException {
    Path real = file.hostPath("", new Shown(0, 0700), () -> "/f");

    file.map(Mapping.buffer(MapMode.READ_WRITE, 0, 10), true, ANYBODY);

    assertThat(isOpenForWriting(real)).isFalse();
  }

  private Path host() throws IOException {
    return file.hostPath("", Shown.OWNER_ONLY, () -> "/f");
  }

  private static Path parent(Path real) {
    return Objects.requireNonNull(real.getParent());
  }

  /** Says whether this process has a file open for writing; no program can execute it then. */
  private static boolean isOpenForWriting(Path real) throws IOException {
    List<Path> descriptors = OpenFiles.below(real);
    assertThat(descriptors).hasSize(1);
    Path status = Path.of("/proc/self/fdinfo", String.valueOf(descriptors.get(0).getFileName()));
    String flags =
        Files.readString(status)
            .lines()
            .filter(line -> line.startsWith("flags:"))
            .findFirst()
            .orElseThrow();
    return !flags.endsWith("0"); // the last octal digit is the access mode: O_RDONLY, O_RDWR
  }

  private interface Step {
    void run() throws IOException;
  }

  /** Attributes that cannot be read. */
  private record Failing(IllegalStateException failure, Step before)
      implements FileContent.Attributes {
    @Override
    public long modifiedTime() {
      return 0;
    }

    @Override
    public int permissions() {
      try {
        before.run();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      throw failure;
    }
  }
}
