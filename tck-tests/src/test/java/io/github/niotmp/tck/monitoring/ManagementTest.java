package io.github.niotmp.tck.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpOpenHandle;
import io.github.niotmp.TmpStoredFile;
import io.github.niotmp.TmpUsage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator can ask of an open file system. */
class ManagementTest {
  @TempDir Path directory;

  private FileSystem open(String storage) throws IOException {
    return TmpFileSystems.open(Map.of("storage", storage, "directory", directory));
  }

  private static List<String> names(List<TmpStoredFile> files) {
    return files.stream().map(file -> file.path() + " " + file.size()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void theLargestFilesOfATreeAreFound(String storage) throws IOException {
    try (FileSystem tmp = open(storage)) {
      Files.createDirectories(tmp.getPath("/a/b"));
      for (int i = 1; i <= 20; i++) {
        Files.write(tmp.getPath(i % 2 == 0 ? "/f" + i : "/a/b/f" + i), new byte[i * 100]);
      }
      Files.createSymbolicLink(tmp.getPath("/link"), tmp.getPath("f20"));
      Files.createLink(tmp.getPath("/f20-again"), tmp.getPath("/f20"));

      assertThat(names(TmpFileSystems.largestFiles(tmp, 3)))
          .extracting(name -> name.replace("-again", ""))
          .containsExactly("/f20 2000", "/a/b/f19 1900", "/f18 1800");
      assertThat(TmpFileSystems.largestFiles(tmp, 100)).hasSize(20);
      assertThat(TmpFileSystems.largestFiles(tmp, 1))
          .extracting(TmpStoredFile::storage)
          .containsExactly(storage.equals("host") ? Storage.HOST : Storage.MEMORY);
      assertThatThrownBy(() -> TmpFileSystems.largestFiles(tmp, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("most is 0; allowed: 1 or more");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void anOpenFileWithoutANameIsAmongTheLargestOnce(String storage) throws IOException {
    try (FileSystem tmp = open(storage)) {
      Path unlinked = Files.write(tmp.getPath("/unlinked"), new byte[3000]);
      Files.write(tmp.getPath("/named"), new byte[1000]);
      try (FileChannel one = FileChannel.open(unlinked);
          FileChannel other = FileChannel.open(unlinked);
          WatchService watcher = tmp.newWatchService()) {
        Files.delete(unlinked);

        assertThat(names(TmpFileSystems.largestFiles(tmp, 5)))
            .containsExactly(" 3000", "/named 1000");
        assertThat(one.isOpen() && other.isOpen() && watcher != null).isTrue();
      }
      assertThat(names(TmpFileSystems.largestFiles(tmp, 5))).containsExactly("/named 1000");
    }
  }

  @Test
  void aTemporaryFileWithoutANameIsAmongTheLargest() throws IOException {
    try (FileSystem tmp = open("spooled");
        TempFile file = TempFile.createUnnamed(TempOptions.defaults().directory(tmp.getPath("/")));
        OutputStream out = file.newOutputStream()) {
      out.write(new byte[5000]);
      out.flush();

      assertThat(TmpFileSystems.largestFiles(tmp, 5))
          .extracting(TmpStoredFile::size)
          .containsExactly(5000L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void theOpenHandlesAreListedTheOldestFirst(String storage) throws IOException {
    try (FileSystem tmp = open(storage)) {
      Path file = Files.write(tmp.getPath("/f"), new byte[10]);
      try (InputStream first = Files.newInputStream(file);
          FileChannel second = FileChannel.open(file);
          FileSystem view = TmpFileSystems.readOnly(tmp);
          InputStream third = Files.newInputStream(view.getPath("/f"))) {
        List<TmpOpenHandle> handles = TmpFileSystems.openHandles(tmp);

        assertThat(handles)
            .extracting(handle -> handle.kind() + " on " + handle.path())
            .containsExactly("InputStream on /f", "FileChannel on /f", "InputStream on /f");
        assertThat(handles)
            .allMatch(handle -> handle.opener().isEmpty() && !handle.age().isNegative());
        assertThat(handles.get(0).age()).isGreaterThan(handles.get(2).age());
        assertThat(TmpFileSystems.openHandles(view)).hasSize(1);
        assertThat(first.read() + third.read()).isZero();
        assertThat(second.size()).isEqualTo(10);
      }
      assertThat(TmpFileSystems.openHandles(tmp)).isEmpty();
    }
  }

  @Test
  void aTrackedHandleHasTheStackOfItsOpener() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of("trackOpeners", true));
        OutputStream out = Files.newOutputStream(tmp.getPath("/f"))) {
      out.write(1);
      Throwable opener = TmpFileSystems.openHandles(tmp).get(0).opener().orElseThrow();

      assertThat(opener.getMessage()).contains(Thread.currentThread().getName());
      assertThat(opener.getStackTrace())
          .anyMatch(frame -> frame.getClassName().equals(ManagementTest.class.getName()));
    }
  }

  @Test
  void aSpillMovesAllFilesThatAreNotInUseToTheDisk() throws IOException {
    Map<String, Object> large =
        new HashMap<>(Map.of("spoolThreshold", 8 << 20, "memoryBudget", 16 << 20));
    large.put("directory", directory);
    try (FileSystem tmp = TmpFileSystems.open(large);
        FileSystem view = TmpFileSystems.readOnly(tmp)) {
      Path largeFile = Files.write(tmp.getPath("/large"), new byte[2 << 20]);
      for (int i = 0; i < 10; i++) {
        Files.write(tmp.getPath("/" + i), new byte[1000]);
      }
      Files.createFile(tmp.getPath("/empty"));
      long before = TmpFileSystems.usage(tmp).memoryBytes();

      assertThat(TmpFileSystems.spillNow(view)).isEqualTo(before);

      TmpUsage after = TmpFileSystems.usage(tmp);
      assertThat(after.memoryBytes()).isZero();
      assertThat(after.filesPacked()).isEqualTo(10);
      assertThat(after.filesOnDisk()).isEqualTo(1);
      assertThat(after.descriptors()).isGreaterThanOrEqualTo(2);
      assertThat(Files.size(largeFile)).isEqualTo(2 << 20);
      assertThat(TmpFileSystems.spillNow(tmp)).isZero();
    }
  }

  @Test
  void aSpillThatTheDiskRefusesKeepsTheFileAndNamesTheFileSystem() throws IOException {
    try (FileSystem disk = TmpFileSystems.open(Map.of("maxSize", 100));
        FileSystem tmp =
            TmpFileSystems.open("spill-refused", Map.of("directory", disk.getPath("/")))) {
      Path file = Files.write(tmp.getPath("/f"), new byte[1000]);

      assertThatThrownBy(() -> TmpFileSystems.spillNow(tmp))
          .isInstanceOf(FileSystemException.class)
          .hasMessageStartingWith("tmp://spill-refused/: ")
          .hasMessageContaining("maxSize 100");
      assertThat(Files.readAllBytes(file)).hasSize(1000);
    }
  }

  @Test
  void aHostVolumeHasNoMemoryToFree() throws IOException {
    try (FileSystem tmp = open("host")) {
      assertThatThrownBy(() -> TmpFileSystems.spillNow(tmp))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("storage=host");
    }
  }

  @Test
  void onlyOpenFileSystemsOfThisProviderAnswer() throws IOException {
    FileSystem closed = open("spooled");
    closed.close();

    assertThatThrownBy(() -> TmpFileSystems.openHandles(closed))
        .isInstanceOf(ClosedFileSystemException.class);
    assertThatThrownBy(() -> TmpFileSystems.largestFiles(closed, 1))
        .isInstanceOf(ClosedFileSystemException.class);
    assertThatThrownBy(() -> TmpFileSystems.spillNow(closed))
        .isInstanceOf(ClosedFileSystemException.class);
    FileSystem other = FileSystems.getDefault();
    assertThatThrownBy(() -> TmpFileSystems.openHandles(other))
        .isInstanceOf(ProviderMismatchException.class);
    assertThatThrownBy(() -> TmpFileSystems.largestFiles(other, 1))
        .isInstanceOf(ProviderMismatchException.class);
    assertThatThrownBy(() -> TmpFileSystems.spillNow(other))
        .isInstanceOf(ProviderMismatchException.class);
  }
}
