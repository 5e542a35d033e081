package io.github.niotmp.tck.spool;

import static io.github.niotmp.tck.attribute.GivenAttribute.attribute;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileAttributes;
import io.github.niotmp.TmpFileAttributes.Lifetime;
import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.TmpFileHandle;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The view tmp: where a file's bytes are, how much may be in memory, and how long it lives. */
class StorageViewTest {
  private static final String[] NAMES = {
    "storage", "spoolThreshold", "maxFileSize", "memoryBytes", "rolledOver", "lifetime"
  };

  @TempDir Path host;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Spool spool;

  @BeforeEach
  void open() throws IOException {
    spool = Spool.open(Map.of("directory", host, "spoolThreshold", 1000, "memoryBudget", "64KiB"));
  }

  @AfterEach
  void close() throws IOException {
    spool.close();
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void theFileSystemSaysThatItHasTheView() {
    assertThat(spool.fileSystem().supportedFileAttributeViews()).contains("tmp");
    assertThat(spool.store().supportsFileAttributeView("tmp")).isTrue();
    assertThat(spool.store().supportsFileAttributeView(TmpFileAttributeView.class)).isTrue();
    assertThat(view(spool.path("nothing")).name()).isEqualTo("tmp");
  }

  @Test
  void anEmptyFileIsInMemoryAndTakesNone() throws IOException {
    Path file = Files.createFile(spool.path("file"));

    assertThat(Files.readAttributes(file, "tmp:storage,spoolThreshold,memoryBytes,rolledOver"))
        .isEqualTo(
            Map.of(
                "storage",
                Storage.MEMORY,
                "spoolThreshold",
                1000L,
                "memoryBytes",
                0L,
                "rolledOver",
                false));
    assertThat(view(file).readAttributes().lifetime()).isEqualTo(Lifetime.FILE_SYSTEM);
  }

  @Test
  void allOfBasicCanBeReadUnderThisNameToo() throws IOException {
    Path file = Files.writeString(spool.path("file"), "text");

    assertThat(Files.readAttributes(file, "tmp:*"))
        .containsAllEntriesOf(Files.readAttributes(file, "basic:*"))
        .containsKeys(NAMES)
        .hasSize(NAMES.length + Files.readAttributes(file, "basic:*").size());
    assertThat(Files.readAttributes(file, TmpFileAttributes.class).size()).isEqualTo(4);
  }

  @Test
  void bytesInMemoryAreCounted() throws IOException {
    Path file = Files.write(spool.path("file"), new byte[500]);

    assertThat(view(file).readAttributes().memoryBytes()).isEqualTo(spool.memoryBytes());
    assertThat(storage(file)).isEqualTo(Storage.MEMORY);
  }

  @Test
  void aFilePastItsThresholdIsOnTheDisk() throws IOException {
    Path file = Files.write(spool.path("file"), new byte[1001]);

    TmpFileAttributes attributes = Files.readAttributes(file, TmpFileAttributes.class);
    assertThat(attributes.storage()).isEqualTo(Storage.DISK);
    assertThat(attributes.isRolledOver()).isTrue();
    assertThat(attributes.memoryBytes()).isZero();
    assertThat(attributes.size()).isEqualTo(1001);
  }

  @Test
  void aFileThatLeftMemoryForOthersIsInAPack() throws IOException {
    Path first = packed();

    TmpFileAttributes attributes = Files.readAttributes(first, TmpFileAttributes.class);
    assertThat(attributes.memoryBytes()).isZero();
    assertThat(attributes.isRolledOver()).isFalse();
    assertThat(attributes.size()).isEqualTo(900);
  }

  @Test
  void directoriesAndLinksHoldNoBytes() throws IOException {
    Path directory = Files.createDirectory(spool.path("directory"));
    Path link = Files.createSymbolicLink(spool.path("link"), spool.path("nowhere"));

    for (Path path : Set.of(directory, link)) {
      TmpFileAttributes attributes =
          Files.readAttributes(path, TmpFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      assertThat(attributes.storage()).isEqualTo(Storage.MEMORY);
      assertThat(attributes.memoryBytes()).isZero();
      assertThat(attributes.lifetime()).isEqualTo(Lifetime.FILE_SYSTEM);
    }
  }

  @Test
  void filesOfTheDefaultFileSystemLiveAsLongAsTheJvm() throws IOException {
    Path file = Path.of(URI.create("tmp:/lifetime.txt"));
    try {
      Files.createFile(file);
      assertThat(Files.getAttribute(file, "tmp:lifetime")).isEqualTo(Lifetime.JVM);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void aFileToBeDeletedOnCloseLivesAsLongAsTheHandle() throws IOException {
    Path file = spool.path("file");
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE, DELETE_ON_CLOSE)) {
      assertThat(channel.isOpen()).isTrue();
      assertThat(Files.getAttribute(file, "tmp:lifetime")).isEqualTo(Lifetime.HANDLE);
      Files.createLink(spool.path("other"), file);
      assertThat(Files.getAttribute(file, "tmp:lifetime")).isEqualTo(Lifetime.FILE_SYSTEM);
    }
    assertThat(spool.path("other")).exists();
  }

  @Test
  void aFileWhoseNameToBeDeletedIsGoneLivesOnUnderItsOtherName() throws IOException {
    Path file = spool.path("file");
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE, DELETE_ON_CLOSE)) {
      Path other = Files.createLink(spool.path("other"), file);
      Files.delete(file);

      assertThat(channel.isOpen()).isTrue();
      assertThat(Files.getAttribute(other, "tmp:lifetime")).isEqualTo(Lifetime.FILE_SYSTEM);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = StandardOpenOption.class,
      names = {"SYNC", "DSYNC"})
  void whatIsWrittenInSyncIsNotGatheredInMemoryFirst(StandardOpenOption sync) throws IOException {
    Path file = Files.createFile(spool.path("file"));
    view(file).setSpoolThreshold(0);

    try (FileChannel channel = FileChannel.open(file, WRITE, sync)) {
      channel.write(ByteBuffer.allocate(1));
      assertThat(view(file).readAttributes().memoryBytes()).isZero();
    }
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      channel.write(ByteBuffer.allocate(1));
      assertThat(view(file).readAttributes().memoryBytes()).isPositive();
    }
  }

  @Test
  void aLowerThresholdMovesALargerFileAtOnceAndAHigherOneDoesNotBringItBack() throws IOException {
    Path file = Files.write(spool.path("file"), new byte[500]);

    view(file).setSpoolThreshold(500);
    assertThat(storage(file)).isEqualTo(Storage.MEMORY);
    view(file).setSpoolThreshold(499);
    assertThat(storage(file)).isEqualTo(Storage.DISK);
    assertThat(spool.rollovers()).isOne();
    view(file).setSpoolThreshold(5000);
    assertThat(storage(file)).isEqualTo(Storage.DISK);
    assertThat(Files.readAllBytes(file)).isEqualTo(new byte[500]);
    assertThat(Files.getAttribute(file, "tmp:spoolThreshold")).isEqualTo(5000L);
  }

  @Test
  void aHigherThresholdLetsAFileGrowInMemory() throws IOException {
    Path file = Files.createFile(spool.path("file"));

    view(file).setSpoolThreshold(2000);
    Files.write(file, new byte[2000]);
    assertThat(storage(file)).isEqualTo(Storage.MEMORY);
    Files.write(file, new byte[1], APPEND);
    assertThat(storage(file)).isEqualTo(Storage.DISK);
    assertThat(storage(Files.write(spool.path("other"), new byte[1001]))).isEqualTo(Storage.DISK);
  }

  @Test
  void withoutALimitOfItsOwnTheBudgetIsAFilesLimit() throws IOException {
    Path file = Files.createFile(spool.path("file"), threshold(Long.MAX_VALUE));

    Files.write(file, new byte[60_000]);
    assertThat(storage(file)).isEqualTo(Storage.MEMORY);
    Files.write(file, new byte[70_000]);
    assertThat(storage(file)).isEqualTo(Storage.DISK);
    assertThat(Files.size(file)).isEqualTo(70_000);
  }

  @Test
  void aPackedFileRollsOverToo() throws IOException {
    Path first = packed();

    view(first).rollOver();
    assertThat(storage(first)).isEqualTo(Storage.DISK);
    assertThat(Files.readAllBytes(first)).isEqualTo(new byte[900]);
  }

  @Test
  void aThresholdOfItsOwnOutlivesAMoveAndATruncation() throws IOException {
    Path file = Files.createFile(spool.path("file"), threshold(10L));

    Files.write(file, new byte[11]);
    Path moved = Files.move(file, spool.path("moved"));
    Files.write(moved, new byte[10]);
    assertThat(Files.getAttribute(moved, "tmp:spoolThreshold")).isEqualTo(10L);
    assertThat(storage(moved)).isEqualTo(Storage.MEMORY);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aThresholdCanBeGivenAtCreation(boolean byChannel) throws IOException {
    Path file = spool.path("file");
    if (byChannel) {
      try (var channel = Files.newByteChannel(file, Set.of(CREATE_NEW, WRITE), threshold(0))) {
        channel.write(ByteBuffer.wrap(new byte[1]));
      }
    } else {
      Files.createFile(file, threshold(0L));
      Files.write(file, new byte[1]);
    }
    assertThat(Files.getAttribute(file, "tmp:spoolThreshold")).isEqualTo(0L);
    assertThat(storage(file)).isEqualTo(Storage.DISK);
  }

  @Test
  void aFileCanBeCreatedOnTheDisk() throws IOException {
    Path file = Files.createFile(spool.path("file"), attribute("tmp:rolledOver", true));

    assertThat(storage(file)).isEqualTo(Storage.DISK);
    assertThat(spool.filesOnDisk()).isOne();
  }

  @Test
  void creationsThatFailLeaveNoFileBehind() throws IOException {
    Path file = Files.createFile(spool.path("file"));

    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> Files.createFile(file, attribute("tmp:rolledOver", true)));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () ->
                Files.createFile(
                    spool.path("other"), attribute("tmp:rolledOver", true), threshold(-1L)));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Files.createDirectory(spool.path("directory"), threshold(5L)))
        .withMessageContaining("tmp:spoolThreshold");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Files.createFile(spool.path("other"), threshold(-1L)))
        .withMessageContaining("-1");
    assertThat(spool.path("directory")).doesNotExist();
    assertThat(spool.path("other")).doesNotExist();
    assertThat(spool.filesOnDisk()).isZero();
    assertThat(spool.diskBytes()).isZero();
    assertThat(spool.store().getAttribute("tmp:files")).isEqualTo(1L);
  }

  @Test
  void valuesAndFilesThatMakeNoSenseAreRefused() throws IOException {
    Path file = Files.createFile(spool.path("file"));
    Path directory = Files.createDirectory(spool.path("directory"));

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> view(file).setSpoolThreshold(-1))
        .withMessage("'spoolThreshold' is -1; allowed: 0 to 9223372036854775807 bytes");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Files.setAttribute(file, "tmp:rolledOver", false))
        .withMessageContaining("allowed: true");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Files.setAttribute(file, "tmp:storage", Storage.DISK));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Files.readAttributes(file, "tmp:hostPath"));
    assertThatExceptionOfType(ClassCastException.class)
        .isThrownBy(() -> Files.setAttribute(file, "tmp:spoolThreshold", "64KiB"));
    assertThatNullPointerException()
        .isThrownBy(() -> Files.setAttribute(file, "tmp:spoolThreshold", null));
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(directory).setSpoolThreshold(5))
        .withMessage(directory + ": Is a directory");
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(directory).rollOver())
        .withMessage(directory + ": Is a directory");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> view(spool.path("nothing")).rollOver());
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> view(spool.path("nothing")).readAttributes());
  }

  @Test
  void attributesCanBeSetByName() throws IOException {
    Path file = Files.write(spool.path("file"), new byte[5]);
    FileTime time = FileTime.fromMillis(5000);

    Files.setAttribute(file, "tmp:spoolThreshold", 7);
    Files.setAttribute(file, "tmp:lastModifiedTime", time);
    assertThat(Files.getAttribute(file, "tmp:spoolThreshold")).isEqualTo(7L);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
    assertThat(storage(file)).isEqualTo(Storage.MEMORY);
    Files.setAttribute(file, "tmp:rolledOver", true);
    Files.setAttribute(file, "tmp:rolledOver", true);
    assertThat(storage(file)).isEqualTo(Storage.DISK);
    assertThat(spool.rollovers()).isOne();
  }

  @Test
  void aViewOfASecureStreamFollowsItsDirectory() throws IOException {
    Path directory = Files.createDirectory(spool.path("directory"));
    Files.write(directory.resolve("file"), new byte[5]);
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      Files.move(directory, spool.path("moved"));
      TmpFileAttributeView view =
          ((SecureDirectoryStream<Path>) stream)
              .getFileAttributeView(spool.fileSystem().getPath("file"), TmpFileAttributeView.class);
      view.rollOver();
      assertThat(view.readAttributes().storage()).isEqualTo(Storage.DISK);
    }
  }

  @Test
  void aHandleLeadsToAFileWithoutAName() throws IOException {
    Path file = spool.path("file");
    TmpFileAttributeView view;
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, READ, WRITE)) {
      view = ((TmpFileHandle) channel).view();
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      Files.delete(file);

      assertThat(view.name()).isEqualTo("tmp");
      assertThat(view.readAttributes().lifetime()).isEqualTo(Lifetime.HANDLE);
      assertThat(view.readAttributes().size()).isEqualTo(3);
      view.setTimes(FileTime.fromMillis(7), null, null);
      assertThat(view.readAttributes().lastModifiedTime()).isEqualTo(FileTime.fromMillis(7));
      view.setSpoolThreshold(3);
      assertThat(view.readAttributes().spoolThreshold()).isEqualTo(3);
      view.rollOver();
      assertThat(view.readAttributes().storage()).isEqualTo(Storage.DISK);
      assertThat(channel.read(ByteBuffer.allocate(5), 0)).isEqualTo(3);
    }
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(view::readAttributes);
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(view::rollOver);
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(view::hostPath);
    assertThatExceptionOfType(ClosedChannelException.class)
        .isThrownBy(() -> view.setSpoolThreshold(1));
    assertThatExceptionOfType(ClosedChannelException.class)
        .isThrownBy(() -> view.setTimes(FileTime.fromMillis(7), null, null));
  }

  @Test
  void aHandleOfAnyModeLeadsToItsFile() throws IOException {
    Path file = Files.write(spool.path("file"), new byte[10]);
    long time = 0;
    for (StandardOpenOption mode : List.of(READ, WRITE, APPEND)) {
      try (FileChannel channel = FileChannel.open(file, mode)) {
        TmpFileAttributeView view = ((TmpFileHandle) channel).view();
        time++;
        view.setTimes(FileTime.fromMillis(time), null, null);
        view.setSpoolThreshold(100 + time);
        assertThat(view.hostPath()).hasSize(10);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(time));
        assertThat(Files.getAttribute(file, "tmp:spoolThreshold")).isEqualTo(100 + time);
      }
    }
  }

  /** Returns a file that had to make room. */
  private Path packed() throws IOException {
    Path first = Files.write(spool.path("first"), new byte[900]);
    for (int i = 0; storage(first) == Storage.MEMORY && i < 1000; i++) {
      Files.write(spool.path("more" + i), new byte[900]);
    }
    assertThat(storage(first)).isEqualTo(Storage.PACK);
    return first;
  }

  private static TmpFileAttributeView view(Path path) {
    return Files.getFileAttributeView(path, TmpFileAttributeView.class);
  }

  private static Object storage(Path path) throws IOException {
    return Files.getAttribute(path, "tmp:storage");
  }

  private static FileAttribute<?> threshold(Object threshold) {
    return attribute("tmp:spoolThreshold", threshold);
  }
}
