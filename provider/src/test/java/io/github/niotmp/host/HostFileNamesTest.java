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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
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
}
