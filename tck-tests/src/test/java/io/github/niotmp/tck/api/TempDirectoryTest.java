package io.github.niotmp.tck.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TempResource;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths in a directory, directories that are taken over, and directories that are kept. */
class TempDirectoryTest {

  private static TempOptions in(Path directory) {
    return TempOptions.defaults().directory(directory);
  }

  @Nested
  @ParameterizedClass
  @EnumSource
  class In {
    private final Place place;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private Place.Opened opened;

    In(Place place) {
      this.place = place;
    }

    @BeforeEach
    void open() throws IOException {
      opened = place.open();
    }

    @AfterEach
    void close() throws IOException {
      opened.close();
    }

    @Test
    void aRelativePathThatStaysInsideIsResolved() throws IOException {
      try (TempDirectory tree = TempDirectory.create(in(opened.directory()))) {
        for (String other : new String[] {"a", "a/b", "a/../b", "./a", "a/b/../..", "...", "..a"}) {
          assertThat(tree.resolve(other)).isEqualTo(tree.path().resolve(other)).isAbsolute();
        }
        assertThat(tree.resolve("")).isEqualTo(tree.path());
      }
    }

    @Test
    void aPathThatLeavesTheDirectoryIsRefused() throws IOException {
      try (TempDirectory tree = TempDirectory.create(in(opened.directory()))) {
        String[] leaving = {
          "..",
          "../a",
          "./../a",
          "a/../..",
          "a/../../" + tree.path().getFileName() + "/b",
          "/",
          "/a"
        };
        for (String other : leaving) {
          assertThatThrownBy(() -> tree.resolve(other))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("'" + other + "'")
              .hasMessageContaining("allowed: a relative path");
        }
      }
    }

    @Test
    void adoptedItIsRemovedWithAllThatIsInIt() throws IOException {
      Path directory = Files.createDirectory(opened.directory().resolve("there"));
      Files.createFile(directory.resolve("file"));

      try (TempDirectory adopted = TempDirectory.adopt(directory)) {
        assertThat(adopted.path()).isEqualTo(directory);
      }

      assertThat(directory).doesNotExist();
    }

    @Test
    void onlyADirectoryThatExistsIsAdopted() throws IOException {
      Path file = Files.createFile(opened.directory().resolve("file"));
      Path link = Files.createSymbolicLink(opened.directory().resolve("link"), opened.directory());

      assertThatThrownBy(() -> TempDirectory.adopt(file))
          .isInstanceOf(NotDirectoryException.class)
          .hasMessageContaining(file.toString());
      assertThatThrownBy(() -> TempDirectory.adopt(link)).isInstanceOf(NotDirectoryException.class);
      assertThatThrownBy(() -> TempDirectory.adopt(file.resolveSibling("missing")))
          .isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> TempDirectory.adopt(file.getRoot()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not a root");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cleanupIsSwitchedOffAndOnUnlessNothingLastsThere(boolean lastly) throws IOException {
      TempDirectory tree = TempDirectory.create(in(opened.directory()));
      TempResource<FileChannel> file =
          TempResource.create(
              in(opened.directory()),
              path ->
                  FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
      if (place.isTmp()) {
        assertThatThrownBy(() -> tree.cleanup(false))
            .isInstanceOf(UnsupportedOperationException.class)
            .hasMessageContaining("persist(target)")
            .hasMessageContaining("directory(SystemTemp.directory())");
        assertThatThrownBy(tree::keep).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> file.cleanup(false))
            .isInstanceOf(UnsupportedOperationException.class)
            .hasMessageContaining("directory(SystemTemp.directory())");
        assertThatThrownBy(file::keep).isInstanceOf(UnsupportedOperationException.class);
      } else {
        tree.cleanup(false);
        file.cleanup(false);
        tree.cleanup(lastly);
        file.cleanup(lastly);
      }

      tree.close();
      file.close();

      boolean stays = !lastly && !place.isTmp();
      assertThat(Files.exists(tree.path())).isEqualTo(stays);
      assertThat(Files.exists(file.path())).isEqualTo(stays);
    }
  }

  @Test
  void namesOfWindowsStayInsideAsWell() throws IOException {
    try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
      try (TempDirectory tree = TempDirectory.create(in(windows.getPath("C:\\")))) {
        assertThat(tree.resolve("a\\..\\b")).isEqualTo(tree.path().resolve("a\\..\\b"));
        String[] leaving = {
          "..\\a", "a/..\\..\\b", "C:\\a", "D:\\a", "\\\\host\\share\\a", "..", "a\\..\\../.."
        };
        for (String other : leaving) {
          assertThatThrownBy(() -> tree.resolve(other))
              .as(other)
              .isInstanceOf(IllegalArgumentException.class);
        }
        for (String other : new String[] {"\\a", "/a", "C:a"}) {
          assertThatThrownBy(() -> tree.resolve(other))
              .as(other)
              .isInstanceOf(InvalidPathException.class);
        }
      }
    }
  }

  @Test
  void aDirectoryOnTheDefaultFileSystemIsItsOwnHostPath(@TempDir Path disk) throws IOException {
    try (TempDirectory tree = TempDirectory.create(in(disk))) {
      assertThat(tree.hostPath()).isEqualTo(tree.path());
    }
  }

  @Test
  void theHostPathOfATreeOnTheHostIsTheRealDirectory(@TempDir Path disk) throws IOException {
    Map<String, Object> onTheHost = Map.of("storage", "host", "directory", disk);
    try (FileSystem host = TmpFileSystems.open(onTheHost);
        TempDirectory tree = TempDirectory.create(in(host.getPath("/")))) {
      Path real = tree.hostPath();
      Files.writeString(tree.resolve("file"), "text");

      assertThat(real.getFileSystem()).isEqualTo(FileSystems.getDefault());
      assertThat(real.resolve("file")).hasContent("text");
      Files.delete(tree.resolve("file"));
      Files.delete(tree.path());
      assertThatThrownBy(tree::hostPath).isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void aDirectoryInMemoryHasNoHostPath() throws IOException {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
        TempDirectory spooled = TempDirectory.create();
        TempDirectory elsewhere = TempDirectory.create(in(memory.getPath("/")))) {
      for (TempDirectory each : new TempDirectory[] {spooled, elsewhere}) {
        assertThatThrownBy(each::hostPath)
            .isInstanceOf(UnsupportedOperationException.class)
            .hasMessageContaining("TempOptions.directory(SystemTemp.directory())")
            .hasMessageContaining("storage=host");
      }
    }
  }
}
