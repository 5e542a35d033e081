package io.github.niotmp.tck.spool;

import static io.github.niotmp.tck.attribute.GivenAttribute.attribute;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileAttributes;
import io.github.niotmp.TmpFileHandle;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpLimitException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code maxFileSize} bounds each file, in all ways of writing; so does {@code maxSize} where there
 * is one file, and either way the exception tells which limit it was.
 */
class MaxFileSizeTest {
  private static final byte[] BEFORE = "x".repeat(600).getBytes(UTF_8);
  private static final FileTime LONG_AGO = FileTime.fromMillis(5000);

  @TempDir Path host;

  /** Where a limit of 1000 bytes comes from. */
  enum Limit {
    OF_THE_FILE_SYSTEM("maxFileSize"),
    OF_THE_FILE("maxFileSize"),
    OF_ALL_FILES("maxSize");

    final String key;

    Limit(String key) {
      this.key = key;
    }
  }

  static Stream<Arguments> eachWayAndLimit() {
    return Stream.of(Limit.values())
        .flatMap(
            limit ->
                Stream.of(WaysToWrite.values())
                    .flatMap(
                        way ->
                            Stream.of("0", "unlimited")
                                .map(threshold -> Arguments.of(limit, way, threshold))));
  }

  @ParameterizedTest
  @MethodSource("eachWayAndLimit")
  void aWriteBeyondTheLimitIsRefusedWholeAndTheFileIsAsItWas(
      Limit limit, WaysToWrite way, String threshold) throws IOException {
    Path source = Files.write(host.resolve("source"), new byte[500_000]);
    Path spills = Files.createDirectory(host.resolve("spills"));
    Map<String, String> setting = limit == Limit.OF_THE_FILE ? Map.of() : Map.of(limit.key, "1000");
    try (FileSystem tmp = open(setting, threshold, spills)) {
      Files.createDirectory(tmp.getPath("/directory"));
      Path file = tmp.getPath("directory/../file"); // as the caller gave it
      if (limit == Limit.OF_THE_FILE) {
        Files.createFile(file, attribute("tmp:maxFileSize", 1000L));
      }
      Files.write(file, BEFORE);
      Files.setLastModifiedTime(file, LONG_AGO);
      long memory = TmpFileSystems.usage(tmp).memoryBytes();

      assertExceeds(() -> way.write(file, source), file, limit.key, 1000);

      assertThat(Files.readAllBytes(file)).isEqualTo(BEFORE);
      assertThat(Files.getLastModifiedTime(file)).isEqualTo(LONG_AGO);
      assertThat(TmpFileSystems.usage(tmp).size()).isEqualTo(600);
      assertThat(TmpFileSystems.usage(tmp).memoryBytes()).isLessThanOrEqualTo(memory);
      assertThat(TmpFileSystems.usage(tmp).openHandles()).isZero();
      Files.write(file, new byte[400], APPEND);
      assertThat(Files.size(file)).isEqualTo(1000);
      assertExceeds(() -> Files.write(file, new byte[1], APPEND), file, limit.key, 1000);
    }
  }

  @Test
  void aTransferBetweenFilesOfTheFileSystemIsRefusedBeforeItsFirstByte() throws IOException {
    try (Spool spool = Spool.open(Map.of("directory", host))) {
      Path source = Files.write(spool.path("source"), new byte[500_000]);
      Path file = Files.createFile(spool.path("file"), limit(400_000));
      try (FileChannel from = FileChannel.open(source, READ);
          FileChannel to = FileChannel.open(file, WRITE)) {
        assertExceeds(() -> to.transferFrom(from, 0, Long.MAX_VALUE), file, "maxFileSize", 400_000);
        assertThat(from.position()).isZero();
        assertThat(to.size()).isZero();
        assertThat(to.transferFrom(from, 0, 400_000)).isEqualTo(400_000);
      }
    }
  }

  @Test
  void aCopyThatWouldBeTooLargeLeavesTheTargetAsItWas() throws IOException {
    try (Spool from = Spool.open(Map.of("directory", host));
        Spool to = Spool.open(Map.of("directory", host, "maxFileSize", 1000))) {
      Path large = Files.write(from.path("large"), new byte[500_000]);
      Path small = Files.write(from.path("small"), new byte[1000]);
      Path target = Files.write(to.path("target"), BEFORE);
      Path missing = to.path("missing");

      assertExceeds(() -> Files.copy(large, target, REPLACE_EXISTING), target, "maxFileSize", 1000);
      assertExceeds(() -> Files.move(large, target, REPLACE_EXISTING), target, "maxFileSize", 1000);
      assertExceeds(() -> Files.copy(large, missing), missing, "maxFileSize", 1000);
      assertExceeds(() -> Files.move(large, missing), missing, "maxFileSize", 1000);

      assertThat(Files.readAllBytes(target)).isEqualTo(BEFORE);
      assertThat(missing).doesNotExist();
      assertThat(large).hasSize(500_000);
      Files.move(small, target, REPLACE_EXISTING);
      assertThat(target).hasSize(1000);
    }
  }

  @Test
  void aCopyWithinTheFileSystemHasItsLimitNotThatOfTheSource() throws IOException {
    try (Spool spool = Spool.open(Map.of("directory", host, "maxFileSize", 1000))) {
      Path file = Files.createFile(spool.path("file"), limit(10));
      Path copy = Files.copy(file, spool.path("copy"));
      Path moved = Files.move(file, spool.path("moved"));

      assertThat(limitOf(copy)).isEqualTo(1000);
      assertThat(limitOf(moved)).isEqualTo(10);
      assertExceeds(() -> Files.write(copy, new byte[1001]), copy, "maxFileSize", 1000);
      assertExceeds(() -> Files.write(moved, new byte[11]), moved, "maxFileSize", 10);
    }
  }

  @Test
  void whatComesFromAnotherProviderIsRefusedToo() throws IOException {
    Path disk = Files.write(host.resolve("disk"), new byte[2000]);
    Path spills = Files.createDirectory(host.resolve("spills"));
    try (Spool spool = Spool.open(Map.of("directory", spills, "maxFileSize", 1000))) {
      Path copy = spool.path("copy");
      assertExceeds(() -> Files.copy(disk, copy), copy, "maxFileSize", 1000);
      Path moved = spool.path("moved");
      assertExceeds(() -> Files.move(disk, moved), moved, "maxFileSize", 1000);
      Path streamed = spool.path("streamed");
      assertExceeds(
          () -> Files.copy(new ByteArrayInputStream(new byte[2000]), streamed),
          streamed,
          "maxFileSize",
          1000);
      assertThat(disk).hasSize(2000);
      assertThat(TmpFileSystems.usage(spool.fileSystem()).size()).isZero();
    }
  }

  @Test
  void theSmallerOfBothLimitsHolds() throws IOException {
    try (Spool spool = Spool.open(Map.of("directory", host, "maxFileSize", "1KiB"))) {
      Path file = Files.createFile(spool.path("file"));
      assertThat(limitOf(file)).isEqualTo(1024);

      view(file).setMaxFileSize(100);
      assertThat(limitOf(file)).isEqualTo(100);
      assertExceeds(() -> Files.write(file, new byte[101]), file, "maxFileSize", 100);
      Files.setAttribute(file, "tmp:maxFileSize", 2000);
      assertThat(limitOf(file)).isEqualTo(1024);
      assertExceeds(() -> Files.write(file, new byte[1025]), file, "maxFileSize", 1024);
      view(file).setMaxFileSize(Long.MAX_VALUE);
      assertThat(limitOf(file)).isEqualTo(1024);
      assertThat(limitOf(spool.path(""))).as("of new files in a directory").isEqualTo(1024);
    }
  }

  @Test
  void withoutASettingThereIsNoLimit() throws IOException {
    try (Spool spool = Spool.open(Map.of("directory", host))) {
      Path file = Files.createFile(spool.path("file"));
      assertThat(limitOf(file)).isEqualTo(Long.MAX_VALUE);
      Files.write(file, new byte[5]);
      assertThat(Files.getAttribute(file, "tmp:maxFileSize")).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void aLimitGivenAtCreationHoldsForTheFirstWrite() throws IOException {
    try (Spool spool = Spool.open(Map.of("directory", host))) {
      Path file = spool.path("file");
      try (FileChannel channel =
          FileChannel.open(file, Set.of(CREATE_NEW, WRITE), limit(3), threshold(0))) {
        assertExceeds(() -> channel.write(ByteBuffer.allocate(4)), file, "maxFileSize", 3);
        assertThat(channel.position()).isZero();
        channel.write(ByteBuffer.allocate(3));
      }
      assertThat(Files.getAttribute(file, "tmp:spoolThreshold")).isEqualTo(0L);
      assertThat(limitOf(file)).isEqualTo(3);
      Path none = Files.createFile(spool.path("none"), limit(0));
      assertExceeds(() -> Files.write(none, new byte[1]), none, "maxFileSize", 0);
      assertThat(Files.write(none, new byte[0])).isEmptyFile();
    }
  }

  @Test
  void aFileThatIsLargerThanItsNewLimitCanBeOverwrittenAndCutButNotGrow() throws IOException {
    for (String threshold : new String[] {"0", "unlimited"}) {
      try (Spool spool = Spool.open(Map.of("directory", host, "spoolThreshold", threshold))) {
        Path file = Files.write(spool.path("file"), BEFORE);
        view(file).setMaxFileSize(10);

        assertThat(Files.readAllBytes(file)).isEqualTo(BEFORE);
        assertExceeds(() -> Files.write(file, new byte[1], APPEND), file, "maxFileSize", 10);
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
          channel.write(ByteBuffer.allocate(600), 0);
          channel.write(new ByteBuffer[] {ByteBuffer.allocate(300), ByteBuffer.allocate(300)});
          assertThat(channel.map(MapMode.READ_WRITE, 0, 600).capacity()).isEqualTo(600);
          channel.truncate(9);
          channel.write(ByteBuffer.allocate(1), 9);
        }
        assertExceeds(() -> Files.write(file, new byte[1], APPEND), file, "maxFileSize", 10);
        assertThat(file).hasSize(10);
      }
    }
  }

  @Test
  void aLimitOutlivesRolloverPackAndTruncation() throws IOException {
    try (Spool spool =
        Spool.open(Map.of("directory", host, "spoolThreshold", "64KiB", "memoryBudget", "16KiB"))) {
      Path file = Files.createFile(spool.path("file"), limit(1000));
      Files.write(file, BEFORE);
      for (int i = 0; i < 100; i++) {
        Files.write(spool.path("more" + i), new byte[900]);
      }
      assertThat(Files.getAttribute(file, "tmp:storage")).isEqualTo(TmpFileAttributes.Storage.PACK);
      assertExceeds(() -> Files.write(file, new byte[401], APPEND), file, "maxFileSize", 1000);
      view(file).rollOver();
      assertExceeds(() -> Files.write(file, new byte[401], APPEND), file, "maxFileSize", 1000);
      Path real = view(file).hostPath();
      assertExceeds(() -> Files.write(file, new byte[401], APPEND), file, "maxFileSize", 1000);
      Files.write(real, new byte[900], APPEND); // no limit binds other programs
      assertExceeds(() -> Files.write(file, new byte[1], APPEND), file, "maxFileSize", 1000);
      assertThat(file).hasSize(1500);
      assertExceeds(() -> Files.write(file, new byte[1001]), file, "maxFileSize", 1000);
    }
  }

  @Test
  void aHandleSetsTheLimitOfAFileWithoutAName() throws IOException {
    try (Spool spool = Spool.open(Map.of("directory", host))) {
      Path file = spool.path("file");
      try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
        Files.delete(file);
        TmpFileAttributeView view = ((TmpFileHandle) channel).view();
        view.setMaxFileSize(5);
        assertThat(view.readAttributes().maxFileSize()).isEqualTo(5);
        assertExceeds(() -> channel.write(ByteBuffer.allocate(6)), file, "maxFileSize", 5);
      }
    }
  }

  @Test
  void theMessageNamesFileLimitAndRemedy() throws IOException {
    try (Spool spool =
        Spool.open(
            Map.of("directory", host, "maxFileSize", 1000, "maxSize", 1500, "maxFiles", 2))) {
      Path file = Files.createFile(spool.path("file"));
      assertThatExceptionOfType(TmpLimitException.class)
          .isThrownBy(() -> Files.write(file, new byte[1001]))
          .withMessage(
              "/file: maxFileSize 1000 would be exceeded: the file would have 1001 bytes, gaps"
                  + " included; write less, or open the file system with a larger maxFileSize");
      view(file).setMaxFileSize(999);
      assertThatExceptionOfType(TmpLimitException.class)
          .isThrownBy(() -> Files.write(file, new byte[1000]))
          .withMessage(
              "/file: maxFileSize 999 would be exceeded: the file would have 1000 bytes,"
                  + " gaps included; write less, or set a larger tmp:maxFileSize of the file");
      Files.write(file, new byte[900]);
      Path other = Files.createFile(spool.path("other"));
      assertThatExceptionOfType(TmpLimitException.class)
          .isThrownBy(() -> Files.write(other, new byte[700]))
          .withMessage(
              "/other: maxSize 1500 would be exceeded: all files hold 900 bytes, and this needs 700"
                  + " more, gaps included; delete files, or open the file system with a larger"
                  + " maxSize");
      assertThatExceptionOfType(TmpLimitException.class)
          .isThrownBy(() -> Files.createFile(spool.path("third")))
          .withMessage(
              "/third: maxFiles 2 would be exceeded: the names of files, directories and links are"
                  + " used up; delete some, or open the file system with a larger maxFiles");
    }
  }

  @Test
  void aWriteFarBeyondTheLimitNamesTheSizeWithItsGap() throws IOException {
    try (Spool spool = Spool.open(Map.of("directory", host, "maxFileSize", 1000))) {
      Path file = spool.path("file");
      try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
        assertThatExceptionOfType(TmpLimitException.class)
            .isThrownBy(() -> channel.write(ByteBuffer.allocate(2), 1L << 62))
            .withMessage(
                "/file: maxFileSize 1000 would be exceeded: the file would have"
                    + " 4611686018427387906 bytes, gaps included; write less, or open the file"
                    + " system with a larger maxFileSize");
        assertThat(channel.size()).isZero();
      }
    }
  }

  @Test
  void anExceptionThatWasSerialisedStillTellsTheLimit() throws Exception {
    TmpLimitException made = new TmpLimitException("/file", "maxSize", 7, "it is small");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(made);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      TmpLimitException read = (TmpLimitException) in.readObject();
      assertThat(read.setting()).isEqualTo("maxSize");
      assertThat(read.limit()).isEqualTo(7);
      assertThat(read).hasMessage("/file: maxSize 7 would be exceeded: it is small");
    }
  }

  @Test
  void valuesAndFilesThatMakeNoSenseAreRefused() throws IOException {
    try (Spool spool = Spool.open(Map.of("directory", host))) {
      Path file = Files.createFile(spool.path("file"));
      Path directory = Files.createDirectory(spool.path("directory"));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> view(file).setMaxFileSize(-1))
          .withMessage("'maxFileSize' is -1; allowed: 0 to 9223372036854775807 bytes");
      assertThatExceptionOfType(ClassCastException.class)
          .isThrownBy(() -> Files.setAttribute(file, "tmp:maxFileSize", "64KiB"));
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> view(directory).setMaxFileSize(5))
          .withMessage(directory + ": Is a directory");
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> Files.createDirectory(spool.path("other"), limit(5)))
          .withMessageContaining("tmp:maxFileSize");
      assertThat(spool.path("other")).doesNotExist();
      assertThat(limitOf(file)).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void aTreeOnTheHostRefusesTheSettingAndTheAttribute() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                FileSystems.newFileSystem(
                    URI.create("tmp://on-the-host"),
                    Map.of("storage", "host", "maxFileSize", 1, "directory", host)))
        .withMessageContaining("'maxFileSize' is '1'; allowed: no value");
    try (Spool spool = Spool.open(Map.of("storage", "host", "directory", host))) {
      Path file = Files.createFile(spool.path("file"));
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> Files.setAttribute(file, "tmp:maxFileSize", 1L))
          .withMessageContaining("'tmp:maxFileSize'");
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> Files.createFile(spool.path("other"), limit(1)));
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> Files.createDirectory(spool.path("other"), limit(1)));
      assertThat(spool.path("other")).doesNotExist();
      assertThat(limitOf(file)).isEqualTo(Long.MAX_VALUE);
    }
  }

  private static FileSystem open(Map<String, String> setting, String threshold, Path directory)
      throws IOException {
    Map<String, Object> settings = new HashMap<>(setting);
    settings.put("spoolThreshold", threshold);
    settings.put("directory", directory);
    return TmpFileSystems.open(settings);
  }

  private static void assertExceeds(ThrowingCallable write, Path file, String key, long limit) {
    assertThatExceptionOfType(TmpLimitException.class)
        .isThrownBy(write)
        .satisfies(
            e -> {
              assertThat(e.getFile()).isEqualTo(file.toString());
              assertThat(e.setting()).isEqualTo(key);
              assertThat(e.limit()).isEqualTo(limit);
              assertThat(e.getReason()).startsWith(key + " " + limit + " would be exceeded: ");
            });
  }

  private static FileAttribute<?> limit(long bytes) {
    return attribute("tmp:maxFileSize", bytes);
  }

  private static FileAttribute<?> threshold(long bytes) {
    return attribute("tmp:spoolThreshold", bytes);
  }

  private static long limitOf(Path path) throws IOException {
    return Files.readAttributes(path, TmpFileAttributes.class).maxFileSize();
  }

  private static TmpFileAttributeView view(Path path) {
    return Files.getFileAttributeView(path, TmpFileAttributeView.class);
  }
}
