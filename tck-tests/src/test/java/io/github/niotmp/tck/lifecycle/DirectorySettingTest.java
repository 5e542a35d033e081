package io.github.niotmp.tck.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.SystemTemp;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpSettings;
import io.github.niotmp.tck.forked.UnprivilegedJvm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A directory that cannot be used is refused as the file system opens, not at the first spill. */
class DirectorySettingTest {
  private static final String ALLOWED =
      "; the setting 'directory' takes an existing directory that this process can write to";

  @TempDir Path host;

  private static FileSystem open(TmpSettings.Storage storage, Path directory) throws IOException {
    return TmpFileSystems.open(TmpSettings.defaults().storage(storage).directory(directory));
  }

  private static void assertMissing(TmpSettings.Storage storage, Path directory) {
    assertThatThrownBy(() -> open(storage, directory))
        .isExactlyInstanceOf(NoSuchFileException.class)
        .hasMessage(directory + ": No such file or directory" + ALLOWED);
  }

  private static void assertNoDirectory(TmpSettings.Storage storage, Path directory) {
    assertThatThrownBy(() -> open(storage, directory))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(directory + ": Not a directory" + ALLOWED);
  }

  @ParameterizedTest
  @EnumSource
  void aMissingOneIsRefusedAndNotMade(TmpSettings.Storage storage) throws IOException {
    assertMissing(storage, host.resolve("missing"));
    assertMissing(storage, host.resolve("missing/below"));
    assertMissing(storage, Files.createSymbolicLink(host.resolve("link"), host.resolve("missing")));

    assertThat(host).isDirectoryNotContaining(path -> !path.endsWith("link"));
  }

  @ParameterizedTest
  @EnumSource
  void aFileIsRefusedAndLeftAlone(TmpSettings.Storage storage) throws IOException {
    Path file = Files.writeString(host.resolve("file"), "text");

    assertNoDirectory(storage, file);

    assertThat(file).hasContent("text");
  }

  @ParameterizedTest
  @EnumSource
  void itIsRefusedOnAnotherProviderToo(TmpSettings.Storage storage) throws IOException {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix());
        FileSystem outer = TmpFileSystems.open(TmpSettings.defaults())) {
      for (FileSystem fileSystem : new FileSystem[] {jimfs, outer}) {
        Path root = fileSystem.getRootDirectories().iterator().next();
        assertMissing(storage, root.resolve("missing"));
        assertNoDirectory(storage, Files.createFile(root.resolve("file")));
        open(storage, Files.createDirectory(root.resolve("directory"))).close();
        assertThat(root.resolve("directory")).isEmptyDirectory();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneOfAClosedFileSystemIsRefused(TmpSettings.Storage storage) throws IOException {
    FileSystem closed = Jimfs.newFileSystem(Configuration.unix());
    Path directory = closed.getPath("/work");
    closed.close();

    assertThatThrownBy(() -> open(storage, directory))
        .isInstanceOf(FileSystemException.class)
        .hasMessageStartingWith("/work: ")
        .hasMessageEndingWith(ALLOWED);
  }

  @ParameterizedTest
  @EnumSource
  void itIsRefusedInAUrisQueryAndTheNameStaysFree(TmpSettings.Storage storage) throws IOException {
    String text = host.resolve("missing").toUri().getRawPath();
    String kind = "storage=" + storage.name().toLowerCase(Locale.ROOT);
    URI uri = URI.create("tmp://bad-directory?" + kind + "&directory=" + text);

    assertThatThrownBy(() -> FileSystems.newFileSystem(uri, Map.of()))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("missing")
        .hasMessageEndingWith(ALLOWED);

    TmpFileSystems.open("bad-directory", TmpSettings.defaults()).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proc", "/proc/self", "/dev/fd", "/sys", "/sys/kernel"})
  @Timeout(20)
  void whereNoFileCanBeCreatedItIsRefusedAtOnce(String name) throws IOException {
    Path directory = Path.of(name);
    assumeTrue(Files.isDirectory(directory), "no " + name);
    for (TmpSettings.Storage storage : TmpSettings.Storage.values()) {
      assertThatThrownBy(() -> open(storage, directory))
          .isInstanceOf(FileSystemException.class)
          .hasMessageMatching(
              name
                  + ": (No file can be created on a file system of type \\w+|[^;]+)"
                  + ALLOWED.replace("'", "\\'"));
    }
    assertThatThrownBy(() -> SystemTemp.setDirectory(directory))
        .isInstanceOf(FileSystemException.class)
        .hasMessageStartingWith(name + ": ");
  }

  @Test
  void aLinkToADirectoryIsTaken() throws IOException {
    Path directory = Files.createDirectory(host.resolve("directory"));
    Path link = Files.createSymbolicLink(host.resolve("link"), directory);

    try (FileSystem spooled = open(TmpSettings.Storage.SPOOLED, link)) {
      assertThat(directory).isEmptyDirectory(); // looked at, and not written to
      assertThat(spooled.isOpen()).isTrue();
    }
  }

  @Test
  void theTemporaryDirectoryIsNotLookedAt() throws IOException {
    Path gone = Files.createDirectory(host.resolve("gone"));
    SystemTemp.setDirectory(gone);
    try {
      Files.delete(gone);
      try (FileSystem spooled = TmpFileSystems.open(TmpSettings.defaults())) {
        Files.writeString(spooled.getPath("/file"), "in memory");
      }
    } finally {
      SystemTemp.setDirectory(null);
    }
  }

  @Test
  void oneThatCannotBeWrittenToOrSearchedIsRefused() throws Exception {
    assertThat(new UnprivilegedJvm(host).outputOf("umask 022", DeniedDirectoryProbe.class))
        .containsExactly(
            "spooled, r-xr-xr-x: AccessDeniedException: Permission denied" + ALLOWED,
            "spooled, rw-rw-rw-: AccessDeniedException: Permission denied" + ALLOWED,
            "spooled, below ---------: AccessDeniedException: Permission denied" + ALLOWED,
            "host, r-xr-xr-x: AccessDeniedException: Permission denied" + ALLOWED,
            "host, rw-rw-rw-: AccessDeniedException: Permission denied" + ALLOWED,
            "host, below ---------: AccessDeniedException: Permission denied" + ALLOWED);
  }
}
