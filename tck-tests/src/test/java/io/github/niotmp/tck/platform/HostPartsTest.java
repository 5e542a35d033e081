package io.github.niotmp.tck.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.tck.forked.ForkedJvm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the library promises of the host on each platform. Runs on that of the machine, and in
 * {@link PlatformsTest} on the simulated ones.
 */
class HostPartsTest {
  private static final int SIZE = 300_000;

  @TempDir Path parent;

  private Path directory;

  private static boolean isWindows() {
    return FileSystems.getDefault() instanceof SimulatedFileSystem simulated
        && !simulated.platform().isUnix();
  }

  private static boolean ignoresCase() {
    return FileSystems.getDefault() instanceof SimulatedFileSystem;
  }

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createDirectory(parent.toRealPath().resolve("temporary"));
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    SystemTemp.setDirectory(null);
    try (Stream<Path> left = Files.walk(directory)) {
      assertThat(left.filter(path -> !path.equals(directory))).isEmpty();
    }
  }

  private FileSystem open(String storage, Object... settings) throws IOException {
    Map<String, Object> all = new HashMap<>(Map.of("storage", storage, "directory", directory));
    for (int i = 0; i < settings.length; i += 2) {
      all.put((String) settings[i], settings[i + 1]);
    }
    return TmpFileSystems.open(all);
  }

  @Test
  void theTemporaryDirectoryIsFound() throws IOException {
    SystemTemp.setDirectory(directory);

    assertThat(SystemTemp.directory()).isEqualTo(directory);
  }

  @Test
  void filesSpillAndReadBack() throws IOException {
    try (FileSystem tmp = open("spooled", "spoolThreshold", 0)) {
      Path file = Files.write(tmp.getPath("/file"), bytes());
      Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);

      assertThat(Files.size(file)).isEqualTo(SIZE + 1);
      assertThat(Files.readAllBytes(file)).startsWith(bytes());
    }
  }

  @Test
  void filesPastTheBudgetShareADescriptor() throws IOException {
    try (FileSystem tmp = open("spooled", "memoryBudget", 100_000, "maxDescriptors", 0)) {
      for (int i = 0; i < 5; i++) {
        Files.write(tmp.getPath("/file" + i), bytes());
      }

      for (int i = 0; i < 5; i++) {
        assertThat(Files.readAllBytes(tmp.getPath("/file" + i))).isEqualTo(bytes());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void filesAreMapped(String storage) throws IOException {
    MappedByteBuffer read;
    try (FileSystem tmp = open(storage)) {
      Path file = Files.write(tmp.getPath("/file"), bytes());
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        channel.map(MapMode.READ_WRITE, 0, SIZE).put(0, (byte) 9);
        read = channel.map(MapMode.READ_ONLY, 0, SIZE);
        assertThat(read.get(0)).isEqualTo((byte) 9);
        channel.write(ByteBuffer.wrap(new byte[] {8}), 1);
        assertThat(read.get(1)).isEqualTo((byte) 8);
      }
      assertThat(Files.readAllBytes(file)).startsWith(9, 8);
    }
  }

  @Test
  void aHostPathIsAFileThatOtherProgramsReadAndWrite() throws IOException {
    try (FileSystem tmp = open("spooled")) {
      Path file = Files.write(tmp.getPath("/file.bin"), bytes());
      Path real = hostPath(file);

      assertThat(real.toString()).endsWith(".bin");
      assertThat(Files.readAllBytes(real)).isEqualTo(bytes());
      Files.write(real, new byte[] {7});
      assertThat(Files.readAllBytes(file)).containsExactly(7);
      Files.write(file, new byte[] {6}, StandardOpenOption.APPEND);
      assertThat(Files.readAllBytes(real)).containsExactly(7, 6);
    }
  }

  @Test
  void aTreeOnTheHostIsUsedAsAnyOther() throws IOException {
    try (FileSystem tmp = open("host")) {
      Path inner = Files.createDirectories(tmp.getPath("/a/b"));
      Path file = Files.write(inner.resolve("file"), bytes());
      Path copy = Files.copy(file, inner.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
      Path moved = Files.move(inner, tmp.getPath("/moved"));
      FileTime time = FileTime.fromMillis(1_000_000_000_000L);
      Files.setLastModifiedTime(moved.resolve("copy"), time);

      assertThat(copy).doesNotExist();
      assertThat(Files.getLastModifiedTime(moved.resolve("copy"))).isEqualTo(time);
      assertThat(Files.mismatch(moved.resolve("file"), moved.resolve("copy"))).isEqualTo(-1);
      try (Stream<Path> entries = Files.list(moved)) {
        assertThat(entries.map(Path::toString))
            .containsExactlyInAnyOrder("/moved/file", "/moved/copy");
      }
      Files.delete(moved.resolve("file"));
      assertThatExceptionOfType(NoSuchFileException.class)
          .isThrownBy(() -> Files.size(moved.resolve("file")));
    }
  }

  @Test
  void namesOnTheHostHaveItsRules() throws IOException {
    try (FileSystem tmp = open("host")) {
      Files.createFile(tmp.getPath("/name"));

      if (ignoresCase()) {
        assertThat(tmp.getPath("/NAME")).exists();
        assertThatExceptionOfType(FileAlreadyExistsException.class)
            .isThrownBy(() -> Files.createFile(tmp.getPath("/NAME")));
      } else {
        assertThat(Files.createFile(tmp.getPath("/NAME"))).exists();
      }
    }
  }

  @Test
  void namesInMemoryHaveTheRulesOfLinux() throws IOException {
    try (FileSystem tmp = open("spooled", "spoolThreshold", 0)) {
      Files.writeString(tmp.getPath("/a:b"), "one");
      Files.writeString(tmp.getPath("/A:B"), "two");

      assertThat(tmp.getPath("/a:b")).content().isEqualTo("one");
    }
  }

  @Test
  void filesOfTheHostGoAtTheirLastClose() throws IOException {
    try (FileSystem tmp = open("host")) {
      Path file = tmp.getPath("/file");
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        channel.write(ByteBuffer.wrap(bytes()));
        assertThat(channel.size()).isEqualTo(SIZE);
      }

      assertThat(file).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void closingRemovesFilesThatAreOpen(String storage) throws IOException {
    FileChannel open;
    try (FileSystem tmp = open(storage, storage.equals("host") ? new Object[0] : zero())) {
      open = FileChannel.open(Files.write(tmp.getPath("/file"), bytes()));
      hostPath(Files.write(tmp.getPath("/another"), bytes()));
    }

    assertThat(open.isOpen()).isFalse();
  }

  private static Object[] zero() {
    return new Object[] {"spoolThreshold", 0};
  }

  @Test
  void aDirectoryIsHeldOpenOnlyWhereTheHostCan() throws IOException {
    try (FileSystem tmp = open("host");
        var stream = Files.newDirectoryStream(tmp.getPath("/"))) {
      assertThat(stream instanceof SecureDirectoryStream).isEqualTo(!isWindows());
    }
  }

  @Test
  void tempFilesAreWrittenPersistedAndRemoved() throws IOException {
    TempOptions here = TempOptions.defaults().directory(directory);
    Path target = parent.resolve("target");
    try (TempFile file = TempFile.create(here)) {
      file.channel().write(ByteBuffer.wrap(bytes()));
      assertThat(Files.readAllBytes(file.path())).isEqualTo(bytes());
    }
    try (TempFile unnamed = TempFile.createUnnamed(here)) {
      unnamed.channel().write(ByteBuffer.wrap(bytes()));
      assertThat(unnamed.channel().size()).isEqualTo(SIZE);
    }
    try (TempFile file = TempFile.create(here)) {
      file.channel().write(ByteBuffer.wrap(bytes()));
      file.persist(target);
    }

    assertThat(Files.readAllBytes(target)).isEqualTo(bytes());
  }

  @Test
  void treesAreRemovedWithTheirOwner() throws IOException {
    try (TempDirectory tree = TempDirectory.create(TempOptions.defaults().directory(directory))) {
      Path inner = Files.createDirectories(tree.resolve("a/b/c"));
      Files.write(inner.resolve("file"), bytes());
      inner.resolve("file").toFile().setReadOnly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit", "halt"})
  void theNextProcessFindsNothing(String end) throws Exception {
    Path errors = parent.resolve("errors");
    List<String> options =
        Stream.of("java.nio.file.spi.DefaultFileSystemProvider")
            .filter(name -> System.getProperty(name) != null)
            .map(name -> "-D" + name + "=" + System.getProperty(name))
            .toList();
    Process process =
        ForkedJvm.start(EndingProgram.class, errors, options, directory.toString(), end);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();

    try (FileSystem tmp = open("host")) { // sweeps
      Files.write(tmp.getPath("/file"), bytes());
    }
  }

  private static Path hostPath(Path file) throws IOException {
    return Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath();
  }

  private static byte[] bytes() {
    byte[] bytes = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return bytes;
  }
}
