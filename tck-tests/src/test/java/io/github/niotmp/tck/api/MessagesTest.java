package io.github.niotmp.tck.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.PersistException;
import io.github.niotmp.PersistOptions;
import io.github.niotmp.SystemTemp;
import io.github.niotmp.TargetLink;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Messages of refused calls: the object, the value, the allowed values and the remedy. */
class MessagesTest {
  private static final TempOptions DEFAULTS = TempOptions.defaults();

  @TempDir Path disk;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private FileSystem tmp;

  /** A call that is refused. */
  @FunctionalInterface
  private interface Call {
    void run() throws IOException;
  }

  @BeforeEach
  void open() throws IOException {
    tmp = TmpFileSystems.open(Map.of());
  }

  @AfterEach
  void close() throws IOException {
    tmp.close();
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(
      Class<? extends Throwable> type, Call call) {
    return assertThat(catchThrowable(call::run)).isExactlyInstanceOf(type);
  }

  private TempOptions inTmp() {
    return DEFAULTS.directory(tmp.getPath("/"));
  }

  private TempOptions onDisk() {
    return DEFAULTS.directory(disk);
  }

  @Test
  void aLimitOutsideTmpNamesTheDirectory() {
    refused(IllegalArgumentException.class, () -> TempFile.create(onDisk().maxFileSize(7)).close())
        .hasMessage(
            "maxFileSize is 7, but the directory is "
                + disk.toUri()
                + "; allowed: a directory in tmp:");
  }

  @Test
  void aClosedOwnerSaysSo() throws IOException {
    TempFile file = TempFile.create(onDisk());
    file.close();
    TempDirectory directory = TempDirectory.create(onDisk());
    directory.close();

    refused(IllegalStateException.class, file::size).hasMessage(file + " is closed");
    refused(IllegalStateException.class, directory::hostPath).hasMessage(directory + " is closed");
  }

  @Test
  void aFileThatWasGivenAwaySaysSo() throws IOException {
    TempFile file = TempFile.create(onDisk());
    Path kept = file.persist(disk.resolve("kept"));

    assertThat(kept).exists();
    refused(IllegalStateException.class, file::size).hasMessageStartingWith(file + " ");
  }

  @Test
  void aFileWithoutANameNamesTheCallThatGivesOne() throws IOException {
    try (TempFile file = TempFile.createUnnamed(onDisk())) {
      assertThat(file).hasToString("TempFile without a name in " + disk.toUri());
      refused(UnsupportedOperationException.class, file::path)
          .hasMessage(file + " has no path; TempFile.create() gives a file a name");
    }
  }

  @Test
  void wrongOptionsOfAStreamNameTheAllowedOnes() throws IOException {
    try (TempFile file = TempFile.create(inTmp())) {
      refused(
              UnsupportedOperationException.class,
              () -> file.newOutputStream(StandardOpenOption.SYNC).close())
          .hasMessageMatching("Options are \\[SYNC]; allowed: \\[[A-Z_, ]+] or none");
    }
  }

  @Test
  void wrongOptionsOfPersistNameTheAllowedOne() throws IOException {
    try (TempFile file = TempFile.create(inTmp());
        TempDirectory directory = TempDirectory.create(inTmp())) {
      refused(
              UnsupportedOperationException.class,
              () -> file.persist(disk.resolve("x"), StandardCopyOption.ATOMIC_MOVE))
          .hasMessage(
              "Option is ATOMIC_MOVE; allowed: REPLACE_EXISTING; see PersistOptions for others");
      refused(
              UnsupportedOperationException.class,
              () -> directory.persist(disk.resolve("x"), StandardCopyOption.ATOMIC_MOVE))
          .hasMessage("option is ATOMIC_MOVE; allowed: REPLACE_EXISTING");
    }
  }

  @Test
  void aFileThatIsNotOnTheHostNamesTheOptionThatCreatesOneThere() throws IOException {
    try (FileSystem unix = Jimfs.newFileSystem(Configuration.unix())) {
      Path elsewhere = Files.createDirectory(unix.getPath("/elsewhere"));
      try (TempFile file = TempFile.create(DEFAULTS.directory(elsewhere))) {
        refused(UnsupportedOperationException.class, file::hostPath)
            .hasMessage(
                file.path().toUri()
                    + " is not on the host; TempOptions.directory(SystemTemp.directory()) makes a"
                    + " file that is");
      }
    }
    try (TempDirectory directory = TempDirectory.create(inTmp())) {
      refused(UnsupportedOperationException.class, directory::hostPath)
          .hasMessage(
              directory.path().toUri()
                  + " is not on the host; TempOptions.directory(SystemTemp.directory()) makes a"
                  + " directory that is, and so does a file system with storage=host");
    }
  }

  @Test
  void aDirectoryOutOfRangeIsNamedWithTheAllowedOnes() {
    Path root = disk.getRoot();
    refused(IllegalArgumentException.class, () -> TempDirectory.adopt(root))
        .hasMessage(
            "directory is " + root + "; allowed: a directory that can be removed, not a root");
    Path inTmp = tmp.getPath("/");
    refused(IllegalArgumentException.class, () -> SystemTemp.setDirectory(inTmp))
        .hasMessage("directory is " + inTmp.toUri() + "; allowed: a directory outside tmp:");
  }

  @Test
  void aPathThatLeavesTheDirectoryIsNamed() throws IOException {
    try (TempDirectory directory = TempDirectory.create(inTmp())) {
      refused(IllegalArgumentException.class, () -> directory.resolve("../x"))
          .hasMessage(
              "other is '../x'; allowed: a relative path that stays in the directory, such as a/b");
    }
  }

  @Test
  void anOwnerInTmpThatIsToOutliveTheJvmNamesTheAlternatives() throws IOException {
    String reason = " cannot be kept, as no file in tmp: outlives the JVM; use persist(target), or";
    String option = " TempOptions.directory(SystemTemp.directory())";
    try (TempFile file = TempFile.create(inTmp());
        TempDirectory directory = TempDirectory.create(inTmp())) {
      refused(UnsupportedOperationException.class, file::keep)
          .hasMessage(file.path().toUri() + reason + option);
      refused(UnsupportedOperationException.class, directory::keep)
          .hasMessage(directory.path().toUri() + reason + option);
    }
  }

  @Test
  void aFileSystemOfAnotherProviderIsNamedWithItsScheme() {
    FileSystem other = FileSystems.getDefault();
    refused(ProviderMismatchException.class, () -> TmpFileSystems.usage(other))
        .hasMessage(other + " is no tmp: file system but one of scheme file");
  }

  @Test
  void anExceptionOfPersistHandsBackTheOwnerThatFailed() throws IOException {
    Path missing = disk.resolve("missing/target");
    try (TempFile file = TempFile.create(inTmp());
        TempDirectory directory = TempDirectory.create(inTmp())) {
      PersistException ofFile = (PersistException) catchThrowable(() -> file.persist(missing));
      PersistException ofDirectory =
          (PersistException) catchThrowable(() -> directory.persist(missing));

      refused(IllegalStateException.class, ofFile::tempDirectory)
          .hasMessage(
              "It holds no TempDirectory: persist was called on a file (see tempFile()), or it was deserialised");
      refused(IllegalStateException.class, ofDirectory::tempFile)
          .hasMessage(
              "It holds no TempFile: persist was called on a directory (see tempDirectory()), or it was deserialised");
      assertThat(ofFile.getCause())
          .isExactlyInstanceOf(NoSuchFileException.class)
          .hasMessage(missing + ": Its directory does not exist");
    }
  }

  private static void persistFails(TempFile file, Path target, PersistOptions how, String message) {
    assertThat(catchThrowable(() -> file.persist(target, how))).hasRootCauseMessage(message);
  }

  @Test
  void aTargetOfAFileIsRefusedWithTheReason() throws IOException {
    try (TempFile file = TempFile.create(inTmp());
        FileSystem plain =
            Jimfs.newFileSystem(
                Configuration.unix().toBuilder().setAttributeViews("basic").build())) {
      PersistOptions defaults = PersistOptions.defaults();
      Path link = Files.createSymbolicLink(disk.resolve("link"), Path.of("there"));
      persistFails(
          file,
          link,
          defaults.targetLink(TargetLink.REFUSE),
          link + ": Is a symbolic link; allowed with TargetLink.REFUSE: a file, or a free name");
      persistFails(
          file,
          file.hostPath(),
          defaults.replaceExisting(true),
          file.hostPath()
              + ": It is the hostPath() of the temporary file, which is removed with it; choose"
              + " another target");
      Path work = plain.getPath("/work");
      Path without = work.resolve("target");
      PersistOptions withMode = defaults.permissions(PosixFilePermissions.fromString("rw-------"));
      refused(UnsupportedOperationException.class, () -> file.persist(without, withMode))
          .hasMessage("No permissions can be set in " + work.toUri());
    }
  }

  private static void persistFails(TempDirectory directory, Path target, String message) {
    assertThat(
            catchThrowable(
                () -> directory.persist(target, PersistOptions.defaults().replaceExisting(true))))
        .hasRootCauseMessage(message);
  }

  @Test
  void aTargetOfATreeIsRefusedWithTheReason() throws IOException {
    try (TempDirectory directory = TempDirectory.create(onDisk())) {
      Path inside = directory.path().resolve("inside");
      persistFails(
          directory,
          inside,
          directory.path() + " -> " + inside + ": A directory cannot be moved into itself");
      Path file = Files.createFile(disk.resolve("file"));
      persistFails(
          directory, file, file + ": A tree replaces only an empty directory, not another entry");
    }
  }

  @Test
  void aNameThatTheTargetCannotHaveIsNamedWithTheReason() throws IOException {
    try (TempDirectory directory = TempDirectory.create(inTmp());
        FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
      Path target = windows.getPath("C:\\work\\target");
      Path entry = Files.createFile(directory.path().resolve("a\\b"));
      Throwable several = catchThrowable(() -> directory.persist(target));
      Files.delete(entry);
      Path colon = Files.createFile(directory.path().resolve("a:b"));
      Throwable invalid = catchThrowable(() -> directory.persist(target));
      Files.delete(colon);
      Path link = Files.createSymbolicLink(directory.path().resolve("l"), tmp.getPath("a:b"));
      Throwable ofLink = catchThrowable(() -> directory.persist(target));

      String copy = " -> C:\\work\\.tmp"; // of the copy beside the target
      assertThat(several.getCause())
          .isExactlyInstanceOf(FileSystemException.class)
          .hasMessageStartingWith(entry + copy)
          .hasMessageEndingWith(
              ": The target can have no such name: it would parse it as several names");
      assertThat(invalid.getCause())
          .hasMessageStartingWith(colon + copy)
          .hasMessageContaining(": The target can have no such name: ");
      assertThat(ofLink.getCause())
          .hasMessageStartingWith(link + copy)
          .hasMessageEndingWith("\\l: The target can have no such link: a:b");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aSpecialFileInATreeIsNamed() throws Exception {
    try (TempDirectory directory = TempDirectory.create(onDisk())) {
      Path fifo = directory.path().resolve("fifo");
      assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
      Throwable thrown = catchThrowable(() -> directory.persist(tmp.getPath("/target")));

      assertThat(thrown.getCause())
          .isExactlyInstanceOf(FileSystemException.class)
          .hasMessage(fifo + ": Only files, directories and links can be copied");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX) // makes a hole, not 3 GiB
  void aFileThatNoArrayCanHoldNamesItsSize() throws IOException {
    long size = 3L << 30;
    try (TempFile file = TempFile.create(onDisk())) {
      file.setSize(size);
      try (InputStream in = file.newInputStream()) {
        assertThat(catchThrowable(in::readAllBytes))
            .isExactlyInstanceOf(OutOfMemoryError.class)
            .hasMessage("The file has 3221225472 bytes, more than an array can hold");
      }
    }
    try (FileSystem host = TmpFileSystems.open(Map.of("storage", "host", "directory", disk));
        TempFile file = TempFile.create(DEFAULTS.directory(host.getPath("/")))) {
      file.setSize(size);
      try (InputStream in = Files.newInputStream(file.path())) {
        assertThat(catchThrowable(in::readAllBytes))
            .isExactlyInstanceOf(OutOfMemoryError.class)
            .hasMessage("Required array size too large: 3221225472");
      }
    }
  }
}
