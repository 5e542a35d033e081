package io.github.niotmp.tck.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.google.common.collect.Lists;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.tck.forked.ForkedJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trees, host volumes, spill files and the exit of the JVM on a mount of sshfs. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuseTest {
  private static final int SIZE = 1 << 20;

  @TempDir Path parent;

  private FuseMount mount;

  @BeforeEach
  void mount() throws Exception {
    mount = FuseMount.in(parent);
  }

  @AfterEach
  void unmount() throws Exception {
    if (mount != null) {
      mount.close();
    }
  }

  @Test
  void aTreeIsRemoved() throws IOException {
    try (TempDirectory directory = TempDirectory.create(onTheMount())) {
      Files.write(Files.createDirectories(directory.resolve("a/b")).resolve("file"), new byte[9]);
    }

    assertThat(mount.directory()).isEmptyDirectory();
  }

  @Test
  void aTreeWithAFileThatIsOpenElsewhereStaysAndTheFailureNamesTheEntry() throws IOException {
    TempDirectory directory = TempDirectory.create(onTheMount());
    Path file = Files.write(directory.resolve("file"), new byte[9]);
    try (InputStream open = Files.newInputStream(file)) {
      assertThatIOException().isThrownBy(directory::close).withMessageContaining(".fuse_hidden");
      assertThat(open.readAllBytes()).hasSize(9);
    }
  }

  @Test
  void aTempFileReadsBackAndGoes() throws IOException {
    try (TempFile file = TempFile.create(onTheMount())) {
      file.channel().write(ByteBuffer.wrap(new byte[SIZE]));
      assertThat(Files.size(file.path())).isEqualTo(SIZE);
    }

    assertThat(mount.directory()).isEmptyDirectory();
  }

  @Test
  void spillFilesReadBackAndGo() throws IOException {
    Map<String, ?> settings = Map.of("spoolThreshold", 0, "directory", mount.directory());
    try (FileSystem tmp = TmpFileSystems.open(settings)) {
      Path file = Files.write(tmp.getPath("/file"), new byte[SIZE]);
      try (FileChannel channel = FileChannel.open(file)) {
        assertThat(channel.map(MapMode.READ_ONLY, 0, SIZE).get(SIZE - 1)).isZero();
      }
      assertThat(Files.readAllBytes(file)).hasSize(SIZE);
    }
  }

  @Test
  void aHostVolumeGoesWithItsOpenFiles() throws IOException {
    FileChannel open;
    try (FileSystem tmp = hostVolume()) {
      Path file = Files.write(tmp.getPath("/file"), new byte[9]);
      open = FileChannel.open(file, StandardOpenOption.READ);
    }

    assertThat(open.isOpen()).isFalse();
    assertThat(entries()).isEmpty();
  }

  @Test
  void aHostVolumeWithAMappedFileSaysWhatStays() throws IOException {
    FileSystem tmp = hostVolume();
    Path file = Files.write(tmp.getPath("/file"), new byte[9]);
    ByteBuffer mapped;
    try (FileChannel channel = FileChannel.open(file)) {
      mapped = channel.map(MapMode.READ_ONLY, 0, 9);
    }

    assertThatIOException().isThrownBy(tmp::close).withMessageContaining(".fuse_hidden");
    assertThat(mapped.get(0)).isZero();
  }

  @Test
  void theExitEndsAndLeavesNoFileButTheLockOfASession() throws Exception {
    Path errors = parent.resolve("errors");
    Process process =
        ForkedJvm.start(FuseProgram.class, errors, List.of(), mount.directory().toString());
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();

    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    try (Stream<Path> left = Files.walk(mount.directory())) {
      assertThat(left.filter(Files::isRegularFile)).allSatisfy(this::isALockOrHidden);
    }
  }

  /** The kernel tells the server that a file was closed after the process has ended. */
  private void isALockOrHidden(Path file) {
    assertThat(file.getFileName().toString()).matches("s-.*[.]lock|[.]fuse_hidden.*");
  }

  private TempOptions onTheMount() {
    return TempOptions.defaults().directory(mount.directory());
  }

  private FileSystem hostVolume() throws IOException {
    FileSystem tmp = TmpFileSystems.open(Map.of("storage", "host", "directory", mount.directory()));
    Path real = Files.getFileAttributeView(tmp.getPath("/"), TmpFileAttributeView.class).hostPath();
    assertThat(real).startsWith(mount.directory().toRealPath());
    return tmp;
  }

  private List<Path> entries() throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(mount.directory())) {
      return List.copyOf(Lists.newArrayList(entries));
    }
  }
}
