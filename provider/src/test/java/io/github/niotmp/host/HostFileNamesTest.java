package io.github.niotmp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.host.HostFile.Target;
import io.github.niotmp.internal.mapping.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A file for other programs, while they change its name. */
@DisabledOnOs(OS.WINDOWS) // a name can be removed, and modes set, while the file is open
class HostFileNamesTest {
  private static final byte[] BYTES = {1, 2, 3};

  @TempDir Path onDisk;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private SpillDirectory directory;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private HostFile file;

  @BeforeEach
  void open() throws IOException {
    directory = new SpillDirectory(onDisk, null);
    file = directory.createNamed("");
    file.write(ByteBuffer.wrap(BYTES), 0);
  }

  @AfterEach
  void close() throws IOException {
    directory.close();
    assertThat(onDisk).isEmptyDirectory();
  }

  @Test
  void adoptKeepsTheFileThatStillHasItsName() throws IOException {
    file.adopt();

    assertThat(file.status().target()).isEqualTo(Target.SAME);
    file.write(ByteBuffer.wrap(BYTES), 3);
    assertThat(Files.size(file.path())).isEqualTo(6);
  }

  @Test
  void adoptDoesNotReopenAClosedFile() throws IOException {
    HostFile stays = directory.createNamed(""); // keeps the private directory
    Path replacement = Files.write(file.path().resolveSibling("replacement"), BYTES);
    file.close();
    Files.move(replacement, file.path());
    List<Path> before = OpenFiles.below(onDisk);

    assertThatThrownBy(file::adopt).isInstanceOf(ClosedChannelException.class);

    assertThat(OpenFiles.below(onDisk)).isEqualTo(before);
    Files.delete(file.path());
    stays.close();
  }

  @Test
  void openForWritingDoesNotReopenAClosedFile() throws IOException {
    file.stopWriting(true);
    file.close();

    assertThatThrownBy(file::openForWriting).isInstanceOf(ClosedChannelException.class);
    assertThat(OpenFiles.below(onDisk)).isEmpty();
  }

  @Test
  void stopWritingKeepsTheDescriptorOfAFileWithoutAName() throws IOException {
    Files.delete(file.path());

    file.stopWriting(true);

    file.write(ByteBuffer.wrap(BYTES), 3);
    assertThat(file.size()).isEqualTo(6);
  }

  @Test
  void permissionsAreNotSetOnAForeignEntry() throws IOException {
    Files.delete(file.path());
    Files.createDirectory(
        file.path(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

    file.setPermissions(0644);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rwx------");
    Files.delete(file.path());
  }

  @Test
  void aRefusedMappingLeavesTheNameAndTheBytesAlone() throws IOException {
    try (FileChannel another = FileChannel.open(file.path())) { // hides which descriptor is ours
      Files.delete(file.path());
      Files.write(file.path(), new byte[7]);

      assertThatThrownBy(() -> file.map(Mapping.buffer(MapMode.READ_ONLY, 0, 3)))
          .isInstanceOf(IOException.class);

      assertThat(another.size()).isEqualTo(BYTES.length);
      assertThat(file.path()).hasSize(7);
      ByteBuffer target = ByteBuffer.allocate(BYTES.length);
      file.readAll(target, 0);
      assertThat(target.array()).isEqualTo(BYTES);
    }
  }

  @Test
  void aFileThatAClosedDirectoryRefusesLeavesOtherFilesTheirDirectory() throws IOException {
    try (SpillDirectory open = new SpillDirectory(onDisk, null)) {
      HostFile kept = open.createNamed("");
      directory.close();

      assertThatThrownBy(() -> directory.createNamed(""))
          .isInstanceOf(ClosedChannelException.class);

      assertThat(kept.path()).exists();
    }
  }

  @Test
  void aSecondCloseLeavesTheFileThatHasTheNameNow() throws IOException {
    HostFile stays = directory.createNamed(""); // keeps the private directory
    file.close();
    HostFile next = directory.createAgain(file);

    file.close();

    assertThat(next.path()).isEqualTo(file.path()).exists();
    stays.close();
  }

  @Test
  void adoptRefusesADirectoryAndKeepsTheBytes() throws IOException {
    Files.delete(file.path());
    Files.createDirectory(file.path());

    assertThatThrownBy(file::adopt)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file.path() + " is a directory, no longer the file of hostPath()");

    assertThat(file.size()).isEqualTo(BYTES.length);
    Files.delete(file.path());
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a file is opened once only")
  void anAdoptedFileIsOpenForReadingOnly() throws IOException {
    Path replacement = Files.write(file.path().resolveSibling("replacement"), new byte[7]);
    Files.move(replacement, file.path(), StandardCopyOption.REPLACE_EXISTING);

    file.adopt();

    assertThat(file.size()).isEqualTo(7);
    assertThatThrownBy(() -> file.write(ByteBuffer.wrap(BYTES), 0))
        .isInstanceOf(NonWritableChannelException.class);
  }

  /** Creates a file with a number in the place of the other. */
  private Path replace(int number) throws IOException {
    Path replacement = file.path().resolveSibling("replacement");
    Files.write(replacement, ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    return Files.move(replacement, file.path(), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void adoptWhileAnotherProgramReplacesTheFileOpensOneThatWasThere() throws Exception {
    ExecutorService anotherProgram = Executors.newSingleThreadExecutor();
    try {
      for (int number = 2; number <= 2_000; number += 2) {
        int next = number;
        replace(next - 1);
        CyclicBarrier start = new CyclicBarrier(2);
        Future<Path> replaced =
            anotherProgram.submit(
                () -> {
                  start.await();
                  return replace(next);
                });
        start.await();
        file.adopt();
        replaced.get();

        ByteBuffer adopted = ByteBuffer.allocate(Integer.BYTES);
        file.readAll(adopted, 0);
        assertThat(adopted.getInt(0)).isBetween(next - 1, next);
        assertThat(file.status().target())
            .isEqualTo(adopted.getInt(0) == next ? Target.SAME : Target.REPLACEMENT);
      }
      assertThat(OpenFiles.below(onDisk)).as("the file and the lock").hasSizeLessThanOrEqualTo(2);
    } finally {
      anotherProgram.shutdownNow();
    }
  }

  @Test
  void onlyAFileWithAnExecutePermissionIsExecutable() throws IOException {
    assertThat(file.status().isExecutable()).isFalse();
    file.setPermissions(0610);
    assertThat(file.status().isExecutable()).isTrue();

    Files.delete(file.path());
    assertThat(file.status().isExecutable()).as("no file").isFalse();
  }
}
