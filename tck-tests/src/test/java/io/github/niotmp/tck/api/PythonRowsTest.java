package io.github.niotmp.tck.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.Newline;
import io.github.niotmp.SystemTemp;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TempResource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows of Python's module, by its names, wherever a directory may be. */
@ParameterizedClass
@EnumSource(names = {"TMP", "DISK", "JIMFS"})
class PythonRowsTest {
  private final Place place;
  private Place.Opened opened;
  private Path directory;
  private TempOptions options;

  PythonRowsTest(Place place) {
    this.place = place;
  }

  @BeforeEach
  void open() throws IOException {
    opened = place.open();
    directory = opened.directory();
    options = TempOptions.defaults().directory(directory);
  }

  @AfterEach
  void close() throws IOException {
    opened.close();
  }

  /** Returns options for files that stay. In tmp:, where none can, the test ends here. */
  private TempOptions kept() {
    TempOptions kept = options.cleanup(false);
    if (place == Place.TMP) {
      assertThatThrownBy(() -> TempFile.create(kept))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("directory(SystemTemp.directory())");
      assertThatThrownBy(() -> TempDirectory.create(kept))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThat(directory).isEmptyDirectory();
    }
    assumeTrue(place != Place.TMP, "nothing in tmp: outlives the JVM");
    return kept;
  }

  @Nested
  class TemporaryFile {
    @Test
    void hasNoName() throws IOException {
      try (TempFile file = TempFile.createUnnamed(options)) {
        assertThat(directory).isEmptyDirectory();
        assertThatThrownBy(file::path).isInstanceOf(UnsupportedOperationException.class);
      }
    }

    @Test
    void isReadAndWrittenWithoutReopening() throws IOException {
      try (TempFile file = TempFile.createUnnamed(options)) {
        file.channel().write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        file.channel().position(1);
        ByteBuffer read = ByteBuffer.allocate(10);

        assertThat(file.channel().read(read)).isEqualTo(2);
        assertThat(read.array()).startsWith(2, 3);
        assertThat(file.newInputStream().readAllBytes()).containsExactly(1, 2, 3);
      }
    }

    @Test
    void goesWhenItIsClosed() throws IOException {
      TempFile file = TempFile.createUnnamed(options);
      FileChannel channel = file.channel();

      file.close();

      assertThat(channel.isOpen()).isFalse();
      assertThat(directory).isEmptyDirectory();
    }

    @Test
    void translatesTextAsItsEncodingAndNewlineSay() throws IOException {
      TempOptions windows = options.charset(ISO_8859_1).newline(Newline.CRLF).bufferSize(3);
      try (TempFile file = TempFile.createUnnamed(windows)) {
        try (BufferedWriter writer = file.newWriter()) {
          writer.write("ä\nb\r");
          writer.write("\nc\r");
        }

        assertThat(file.newInputStream().readAllBytes())
            .isEqualTo("ä\r\nb\r\nc\r\n".getBytes(ISO_8859_1));
        assertThat(file.newReader().lines()).containsExactly("ä", "b", "c");
      }
    }
  }

  @Nested
  class NamedTemporaryFile {
    @Test
    void canBeOpenedASecondTimeByItsName() throws IOException {
      try (TempFile file = TempFile.create(options.prefix("a b").suffix(".ü"))) {
        file.channel().write(UTF_8.encode("text"));

        assertThat(file.path().getParent()).isEqualTo(directory);
        assertThat(file.path().getFileName().toString()).startsWith("a b").endsWith(".ü");
        assertThat(file.path()).hasContent("text");
        try (FileChannel again = file.reopen()) {
          assertThat(again.position()).isZero();
        }
      }
    }

    @Test
    void goesWhenItIsClosedAndNotBefore() throws IOException {
      TempFile file = TempFile.create(options);
      file.channel().close();
      assertThat(file.path()).exists();

      file.close();
      file.close();

      assertThat(directory).isEmptyDirectory();
    }

    @Test
    void staysWithDeleteFalse() throws IOException {
      TempFile file = TempFile.create(kept());

      file.close();

      assertThat(file.path()).isEmptyFile();
    }
  }

  @Nested
  class SpooledTemporaryFile {
    @BeforeEach
    void onlyThere() {
      assumeTrue(place == Place.TMP, "only tmp: spools");
    }

    @Test
    void isInMemoryUntilItExceedsMaxSize() throws IOException {
      try (TempFile file = TempFile.createUnnamed(options.spoolThreshold(3))) {
        file.channel().write(ByteBuffer.allocate(3));
        assertThat(file.isRolledOver()).isFalse();

        file.channel().write(ByteBuffer.allocate(1));
        assertThat(file.isRolledOver()).isTrue();
      }
    }

    @Test
    void rollsOverWhenItsDescriptorIsAskedFor() throws IOException {
      try (TempFile file = TempFile.createUnnamed(options)) {
        file.channel().write(UTF_8.encode("text"));

        assertThat(file.hostPath()).hasContent("text");
        assertThat(file.isRolledOver()).isTrue();
      }
    }

    @Test
    void rollsOverAtOnceWhenItIsTold() throws IOException {
      try (TempFile file = TempFile.createUnnamed(options)) {
        file.rollOver();

        assertThat(file.isRolledOver()).isTrue();
      }
    }

    @Test
    void rollsOverWhenItIsTruncatedToMore() throws IOException {
      try (TempFile file = TempFile.createUnnamed(options.spoolThreshold(3))) {
        file.setSize(4);

        assertThat(file.isRolledOver()).isTrue();
      }
    }
  }

  @Nested
  class SpooledTemporaryFileTruncate {
    @Test
    void cutsAndExtendsWithZeros() throws IOException {
      try (TempFile file = TempFile.createUnnamed(options)) {
        file.channel().write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        file.setSize(1);
        file.setSize(3);

        assertThat(file.size()).isEqualTo(3);
        assertThat(file.newInputStream().readAllBytes()).containsExactly(1, 0, 0);
      }
    }
  }

  @Nested
  class TemporaryDirectory {
    @Test
    void goesWithAllThatIsInIt() throws IOException {
      Path outside = Files.createDirectory(directory.resolve("outside"));
      Files.createFile(outside.resolve("file"));
      try (TempDirectory tree = TempDirectory.create(options.suffix(".d"))) {
        assertThat(tree.path()).isDirectory().isAbsolute();
        assertThat(tree.path().toString()).endsWith(".d");
        Files.createDirectories(tree.resolve("a/b/c/d"));
        Files.createFile(tree.resolve("a/b/file"));
        Files.createSymbolicLink(tree.resolve("a/link"), outside);
      }

      assertThat(directory).isDirectoryNotContaining(path -> !path.equals(outside));
      assertThat(outside).isNotEmptyDirectory();
    }

    @Test
    void closesTwice() throws IOException {
      TempDirectory tree = TempDirectory.create(options);
      tree.close();
      tree.close();

      assertThat(directory).isEmptyDirectory();
    }
  }

  @Nested
  class Mkstemp {
    @Test
    void isOpenAndTheOwnersAndStaysUntilTheCallerDeletesIt() throws IOException {
      Path path;
      try (TempFile file = TempFile.create(kept())) {
        file.channel().write(UTF_8.encode("text"));
        path = file.path();
      }

      assertThat(path).isAbsolute().hasContent("text");
      assertThat(Files.getPosixFilePermissions(path))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void isNeverAFileThatExists() throws IOException {
      Files.createFile(directory.resolve("taken"));

      assertThatThrownBy(() -> TempFile.create(options.prefix("taken").randomLength(0)))
          .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void takesAnotherNameUntilOneIsFree() throws IOException {
      TempOptions oneCharacter = options.prefix("").randomLength(1);
      List<TempFile> files = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        files.add(TempFile.create(oneCharacter));
      }

      assertThat(directory.resolve("a")).exists();
      assertThatThrownBy(() -> TempFile.create(oneCharacter))
          .isInstanceOf(FileAlreadyExistsException.class);
      for (TempFile file : files) {
        file.close();
      }
    }

    @Test
    void isNotInheritedByChildProcesses() throws Exception {
      assumeTrue(place == Place.DISK && Files.exists(Path.of("/proc/self/fd")), "needs /proc");
      try (TempFile file = TempFile.create(options)) {
        Process child = new ProcessBuilder("sh", "-c", "ls -l /proc/$$/fd").start();

        assertThat(new String(child.getInputStream().readAllBytes(), UTF_8))
            .contains("->")
            .doesNotContain(file.path().getFileName().toString());
      }
    }
  }

  @Nested
  class Mkdtemp {
    @Test
    void isTheOwnersAndStaysUntilTheCallerDeletesIt() throws IOException {
      Path path;
      try (TempDirectory tree = TempDirectory.create(kept())) {
        path = tree.path();
      }

      assertThat(path).isAbsolute().isEmptyDirectory();
      assertThat(Files.getPosixFilePermissions(path))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Nested
  class Gettempdir {
    @Test
    void isADirectoryThatCanBeSet() throws IOException {
      Path found = SystemTemp.directory();
      assertThat(found).isAbsolute().isDirectory();
      if (place == Place.TMP) {
        assertThatThrownBy(() -> SystemTemp.setDirectory(directory))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(directory.toUri().toString());
        return;
      }
      SystemTemp.setDirectory(directory);
      try {
        assertThat(SystemTemp.directory()).isEqualTo(directory);
      } finally {
        SystemTemp.setDirectory(null);
      }
      assertThat(SystemTemp.directory()).isEqualTo(found);
    }
  }

  @Nested
  class Gettempprefix {
    @Test
    void isWhatNamesStartWith() throws IOException {
      try (TempFile file = TempFile.create(options)) {
        assertThat(file.path().getFileName().toString())
            .startsWith(TempOptions.defaults().prefix())
            .startsWith("tmp");
      }
    }
  }

  @Nested
  class Mktemp {
    @Test
    void isReplacedByMakingTheThingUnderTheName() throws IOException {
      List<Path> tried = new ArrayList<>();
      try (TempResource<FileChannel> made =
          TempResource.create(
              options,
              path -> {
                tried.add(path);
                if (tried.size() < 3) {
                  throw new FileAlreadyExistsException(path.toString());
                }
                return FileChannel.open(
                    path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
              })) {
        assertThat(tried).hasSize(3).doesNotHaveDuplicates().last().isEqualTo(made.path());
        assertThat(made.path()).exists();
      }
      assertThat(directory).isEmptyDirectory();
    }
  }
}
