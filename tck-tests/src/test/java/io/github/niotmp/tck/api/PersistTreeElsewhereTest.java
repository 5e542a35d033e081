package io.github.niotmp.tck.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.PersistException;
import io.github.niotmp.PersistOptions;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees that are published from a real directory of the host, into a zip file, and on Windows. */
class PersistTreeElsewhereTest {
  @TempDir Path disk;

  private static TempDirectory treeIn(Path directory) throws IOException {
    TempDirectory tree = TempDirectory.create(TempOptions.defaults().directory(directory));
    Files.writeString(Files.createDirectories(tree.resolve("a/b")).resolve("file"), "text");
    return tree;
  }

  @Test
  void aTreeOnTheHostIsRenamedToTheDefaultFileSystem() throws IOException {
    Map<String, Object> onTheHost = Map.of("storage", "host", "directory", disk);
    try (FileSystem host = TmpFileSystems.open(onTheHost)) {
      TempDirectory tree = treeIn(host.getPath("/"));
      Object inode = Files.getAttribute(tree.hostPath().resolve("a/b/file"), "unix:ino");
      Path target = disk.resolve("target");

      tree.persist(target);

      assertThat(target.resolve("a/b/file")).hasContent("text");
      assertThat(Files.getAttribute(target.resolve("a/b/file"), "unix:ino")).isEqualTo(inode);
      assertThat(tree.path()).doesNotExist();
    }
  }

  @Test
  void aZipFileGetsACopyUnderTheFinalNameAtOnce() throws IOException {
    Path archive = disk.resolve("archive.zip");
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"));
        TempDirectory tree = treeIn(disk)) {
      Files.createDirectory(zip.getPath("/replaced"));

      tree.persist(zip.getPath("/replaced"), PersistOptions.defaults().replaceExisting(true));
    }

    try (FileSystem zip = FileSystems.newFileSystem(archive)) {
      assertThat(zip.getPath("/replaced/a/b/file")).hasContent("text");
      try (var entries = Files.list(zip.getPath("/"))) {
        assertThat(entries).hasSize(1);
      }
    }
    assertThat(disk).isDirectoryNotContaining(path -> !path.equals(archive));
  }

  @Test
  void aCopyUnderTheFinalNameThatFailsLeavesTheTargetAsItWas() throws IOException {
    IllegalStateException thrown = new IllegalStateException("thrown");
    PersistOptions failing =
        PersistOptions.defaults()
            .replaceExisting(true)
            .progress(
                (copied, total) -> {
                  throw thrown;
                });
    try (FileSystem zip =
            FileSystems.newFileSystem(disk.resolve("archive.zip"), Map.of("create", "true"));
        TempDirectory tree = treeIn(disk)) {
      Path replaced = Files.createDirectory(zip.getPath("/replaced"));

      assertThatThrownBy(() -> tree.persist(replaced, failing)).isSameAs(thrown);
      assertThat(replaced).isEmptyDirectory();
      assertThatThrownBy(() -> tree.persist(zip.getPath("/new"), failing)).isSameAs(thrown);
      assertThat(zip.getPath("/new")).doesNotExist();
      assertThat(tree.resolve("a/b/file")).exists();
    }
  }

  @Test
  void aNameThatWouldBeSeveralOnTheTargetIsRefusedAndNothingIsLeft() throws IOException {
    try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
        FileSystem unix = Jimfs.newFileSystem(Configuration.unix())) {
      Path targets = Files.createDirectory(windows.getPath("C:\\targets"));
      for (String name : List.of("..\\..\\out", "a\\b", "C:\\a", "a:b")) {
        try (TempDirectory tree =
            TempDirectory.create(TempOptions.defaults().directory(unix.getPath("/")))) {
          Files.createFile(tree.resolve(name));

          assertThatThrownBy(() -> tree.persist(targets.resolve("target")))
              .isInstanceOf(PersistException.class)
              .hasCauseExactlyInstanceOf(FileSystemException.class)
              .hasMessageContaining(name);
          assertThat(tree.resolve(name)).exists();
        }
      }
      assertThat(targets).isEmptyDirectory();
      assertThat(windows.getPath("C:\\out")).doesNotExist();
    }
  }

  @Test
  void permissionsThatTheTargetCannotHaveAreRefusedAndNothingIsLeft() throws IOException {
    PersistOptions shared =
        PersistOptions.defaults().permissions(PosixFilePermissions.fromString("rwxr-x---"));
    try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
        TempDirectory tree = treeIn(disk)) {
      Path target = Files.createDirectory(windows.getPath("C:\\targets")).resolve("target");

      assertThatThrownBy(() -> tree.persist(target, shared))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThat(target.getParent()).isEmptyDirectory();
      tree.persist(target);
      assertThat(target.resolve("a\\b\\file")).hasContent("text");
    }
  }

  @Test
  void anEntryThatIsNoFileIsNotCopied() throws Exception {
    Path memory = Path.of("/dev/shm");
    assumeTrue(Files.isDirectory(memory), "one device only");
    try (TempDirectory tree = treeIn(disk)) {
      new ProcessBuilder("mkfifo", tree.resolve("pipe").toString()).start().waitFor();

      assertThatThrownBy(() -> tree.persist(memory.resolve("niotmp-target")))
          .isInstanceOf(PersistException.class)
          .hasMessageContaining("pipe");
    }
    assertThat(memory.resolve("niotmp-target")).doesNotExist();
  }
}
