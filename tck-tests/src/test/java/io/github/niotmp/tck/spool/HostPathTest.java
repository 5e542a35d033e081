package io.github.niotmp.tck.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.TmpFileHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file as a real file, which other programs read and write while it is in use here. */
@DisabledOnOs(OS.WINDOWS) // sh, modes
class HostPathTest {
  private static final String TEXT = "some text";

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

  @ParameterizedTest
  @EnumSource(Storage.class)
  void aFileFromAnywhereGetsARealPathForItsOwnerOnly(Storage from) throws IOException {
    Path file = in(from, TEXT);
    FileTime modified = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file, modified);
    long rollovers = spool.rollovers() + (from == Storage.MEMORY || from == Storage.PACK ? 1 : 0);
    long others = spool.filesOnDisk() - (from == Storage.DISK ? 1 : 0);

    Path real = view(file).hostPath();

    assertThat(real).isAbsolute().hasContent(TEXT);
    assertThat(real.startsWith(host)).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent(real))))
        .isEqualTo("rwx------");
    assertThat(storage(file)).isEqualTo(Storage.HOST);
    assertThat(Files.getAttribute(file, "tmp:rolledOver")).isEqualTo(true);
    assertThat(Files.getAttribute(file, "tmp:memoryBytes")).isEqualTo(0L);
    assertThat(Files.readString(file)).isEqualTo(TEXT);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(modified);
    assertThat(view(file).hostPath()).isEqualTo(real);
    assertThat(spool.rollovers()).isEqualTo(rollovers);
    assertThat(spool.filesOnDisk()).isEqualTo(others);
    assertThat(spool.filesOnHost()).isOne();
  }

  @Test
  void aFileThatIsEmptyGetsOneToo() throws IOException {
    Path file = Files.createFile(spool.path("file"));

    Path real = view(file).hostPath();
    assertThat(real).isEmptyFile();
    Files.writeString(real, TEXT);
    assertThat(Files.readString(file)).isEqualTo(TEXT);
  }

  @Test
  void whatAnotherProgramDoesIsSeenAtOnce() throws Exception {
    Path file = Files.writeString(spool.path("file"), TEXT);
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
      Path real = view(file).hostPath();

      assertThat(sh("cat \"$1\"", real)).isEqualTo(TEXT);
      sh("printf ' and more' >> \"$1\"", real);
      assertThat(channel.size()).isEqualTo(18);
      assertThat(Files.size(file)).isEqualTo(18);
      assertThat(Files.readString(file)).isEqualTo(TEXT + " and more");
      assertThat(Files.getLastModifiedTime(file)).isEqualTo(Files.getLastModifiedTime(real));
      assertThat(Files.getLastModifiedTime(file)).isGreaterThan(FileTime.fromMillis(1_000_000));
      sh("printf 'short' > \"$1\"", real);
      assertThat(channel.size()).isEqualTo(5);
      assertThat(channel.read(ByteBuffer.allocate(1), 5)).isEqualTo(-1);
      assertThat(Files.readString(file)).isEqualTo("short");
      sh(": > \"$1\"", real);
      assertThat(Files.size(file)).isZero();
      assertThat(Files.readString(file)).isEmpty();
    }
  }

  @Test
  void whatIsDoneHereIsSeenByAnotherProgramAtOnce() throws Exception {
    Path file = Files.createFile(spool.path("file"));
    Path real = view(file).hostPath();
    try (FileChannel channel = FileChannel.open(file, READ, WRITE);
        FileChannel appending = FileChannel.open(file, APPEND)) {
      channel.write(ByteBuffer.wrap("abc".getBytes(UTF_8)));
      assertThat(sh("cat \"$1\"", real)).isEqualTo("abc");
      sh("printf def >> \"$1\"", real);
      appending.write(ByteBuffer.wrap("ghi".getBytes(UTF_8)));
      assertThat(sh("cat \"$1\"", real)).isEqualTo("abcdefghi");
      channel.truncate(2);
      assertThat(sh("cat \"$1\"", real)).isEqualTo("ab");
      channel.write(ByteBuffer.wrap("z".getBytes(UTF_8)), 5);
      assertThat(Files.readAllBytes(real)).isEqualTo(new byte[] {'a', 'b', 0, 0, 0, 'z'});
      channel.force(true);
    }
    assertThat(sh("wc -c < \"$1\"", real).strip()).isEqualTo("6");
  }

  @Test
  void anEmptiedFileStaysWhereItIs() throws IOException {
    Path file = Files.writeString(spool.path("file"), TEXT);
    Path real = view(file).hostPath();

    Files.writeString(file, "new");
    assertThat(real).hasContent("new");
    assertThat(view(file).hostPath()).isEqualTo(real);
  }

  @Test
  void anUnchangedTimeThatWasSetIsTheTimeOnBothSides() throws IOException {
    Path file = Files.writeString(spool.path("file"), TEXT);
    Path real = view(file).hostPath();
    FileTime time = FileTime.fromMillis(5_000);

    Files.setLastModifiedTime(file, time);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
    assertThat(Files.getLastModifiedTime(real)).isEqualTo(time);
  }

  @Test
  void aMappingOfItIsTheRealFileToo() throws IOException {
    Path file = Files.writeString(spool.path("file"), TEXT);
    Path real = view(file).hostPath();
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      MappedByteBuffer mapping = channel.map(MapMode.READ_WRITE, 0, 20);
      mapping.put(0, (byte) 'S');
      assertThat(Files.readString(real)).startsWith("Some text").hasSize(20);
      Files.writeString(real, "T", WRITE);
      assertThat(mapping.get(0)).isEqualTo((byte) 'T');
      assertThat(channel.size()).isEqualTo(20);
    }
  }

  @Test
  void aFileThatWasMappedBeforeIsRefusedAndAsItWas() throws IOException {
    Path file = Files.writeString(spool.path("file"), TEXT);
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      MappedByteBuffer mapping = channel.map(MapMode.READ_WRITE, 0, 9);
      assertThatExceptionOfType(FileSystemException.class)
          .isThrownBy(() -> view(file).hostPath())
          .withMessage(
              file
                  + ": Mapped without a name on the host, so it can no longer get one; call"
                  + " hostPath() before map()");
      mapping.put(0, (byte) 'S');
    }
    assertThat(Files.readString(file)).isEqualTo("Some text");
    assertThat(storage(file)).isEqualTo(Storage.DISK);
  }

  @Test
  void itGoesWithTheLastNameAndHandle() throws IOException {
    Path file = Files.writeString(spool.path("file"), TEXT);
    Path real = view(file).hostPath();
    Path other = Files.createLink(spool.path("other"), file);
    Path moved = Files.move(file, spool.path("moved"));
    Files.delete(other);
    assertThat(Files.readString(moved)).isEqualTo(TEXT);
    try (FileChannel channel = FileChannel.open(moved)) {
      Files.delete(moved);
      assertThat(real).hasContent(TEXT);
      assertThat(channel.size()).isEqualTo(TEXT.length());
    }
    assertThat(real).doesNotExist();
    assertThat(host).isEmptyDirectory();
    assertThat(spool.diskBytes()).isZero();
    assertThat(spool.filesOnHost()).isZero();
  }

  @Test
  void thePrivateDirectoryStaysAsLongAsAnyOfThem() throws IOException {
    Path first = Files.writeString(spool.path("first"), TEXT);
    Path second = Files.writeString(spool.path("second"), TEXT);
    Path real = view(first).hostPath();
    assertThat(parent(view(second).hostPath())).isEqualTo(parent(real));

    Files.delete(second);
    Files.write(spool.path("spilled"), new byte[2000]);
    assertThat(real).hasContent(TEXT);
    Files.delete(first);
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void itGoesAsItsFileSystemCloses() throws IOException {
    Path real = view(Files.writeString(spool.path("file"), TEXT)).hostPath();

    spool.close();
    assertThat(real).doesNotExist();
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void aFileWithoutANameHasOneByItsHandle() throws Exception {
    Path file = spool.path("file");
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, READ, WRITE)) {
      channel.write(ByteBuffer.wrap(TEXT.getBytes(UTF_8)));
      Files.delete(file);
      Path real = ((TmpFileHandle) channel).view().hostPath();
      sh("printf S | dd of=\"$1\" conv=notrunc 2>/dev/null", real);
      ByteBuffer bytes = ByteBuffer.allocate(20);
      channel.read(bytes, 0);
      assertThat(new String(bytes.array(), 0, bytes.position(), UTF_8)).isEqualTo("Some text");
    }
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void holesStayHoles() throws Exception {
    Path file = spool.path("file");
    long size = 64 << 20;
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, READ, WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1}), size / 2);
      channel.write(ByteBuffer.wrap(new byte[] {2}), size - 1);
    }
    Path real = view(file).hostPath();
    try (FileChannel channel = FileChannel.open(real)) {
      ByteBuffer found = ByteBuffer.allocate(2);
      channel.read(found, size / 2);
      assertThat(found.array()).isEqualTo(new byte[] {1, 0});
      channel.read(found.clear(), size - 1);
      assertThat(found.get(0)).isEqualTo((byte) 2);
      assertThat(channel.size()).isEqualTo(size);
    }
    assertThat(Long.parseLong(sh("du -k \"$1\" | cut -f1", real).strip())).isLessThan(1024);
  }

  @Test
  void readersAndWritersDoNotNoticeTheMoves() throws Exception {
    int writers = 4;
    int rounds = 300;
    for (boolean spilledFirst : new boolean[] {false, true}) {
      Path file = Files.createFile(spool.path("file" + spilledFirst));
      CountDownLatch started = new CountDownLatch(writers);
      ExecutorService threads = Executors.newFixedThreadPool(writers);
      try {
        List<Future<?>> tasks = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
          byte id = (byte) i;
          tasks.add(threads.submit(() -> writeAndReadBack(file, id, rounds, started)));
        }
        assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
        if (spilledFirst) {
          view(file).rollOver();
        }
        Path real = view(file).hostPath();
        for (Future<?> task : tasks) {
          task.get(60, TimeUnit.SECONDS);
        }
        assertThat(real).hasSize((long) writers * rounds).hasSameBinaryContentAs(file);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  /** Writes every fourth byte or so, and expects each to be there from then on. */
  private static Void writeAndReadBack(Path file, byte id, int rounds, CountDownLatch started)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      for (int round = 0; round < rounds; round++) {
        long position = round * 4L + id;
        channel.write(ByteBuffer.wrap(new byte[] {(byte) (id + round)}), position);
        if (round == 20) {
          started.countDown();
        }
        for (int earlier : new int[] {round, round / 2, 0}) {
          ByteBuffer found = ByteBuffer.allocate(1);
          assertThat(channel.read(found, earlier * 4L + id)).isOne();
          assertThat(found.get(0)).isEqualTo((byte) (id + earlier));
        }
      }
    }
    return null;
  }

  @Test
  void anInterruptClosesTheChannelAndNotTheFile() throws IOException {
    Path file = Files.writeString(spool.path("file"), TEXT);
    Path real = view(file).hostPath();
    FileChannel channel = FileChannel.open(file, READ, WRITE);
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(ClosedByInterruptException.class)
        .isThrownBy(() -> channel.write(ByteBuffer.allocate(1)));
    assertThat(view(file).hostPath()).isEqualTo(real);
    Path other = view(Files.createFile(spool.path("other"))).hostPath();
    try (var out = Files.newOutputStream(file, APPEND)) {
      out.write('!');
    }
    assertThat(Files.size(file)).isEqualTo(TEXT.length() + 1);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(channel.isOpen()).isFalse();
    assertThat(Files.readString(file)).isEqualTo(TEXT + "!");
    assertThat(other).isEmptyFile();
  }

  @ParameterizedTest
  @CsvSource({
    "data.csv, .csv",
    "backup.tar.gz, .tar.gz",
    "Report.PDF, .PDF",
    ".csv, .csv",
    "a..c, .c",
    "a.b c.d, .d",
    "ünïcode.ü.txt, .txt",
    "x.2024.01.csv, .2024.01.csv",
    "'-rf.sh', .sh",
    "'a.txt;rm', ''",
    "'a.t xt', ''",
    "'a.$(id)', ''",
    "'a.cs\u0661v', ''",
    "'a.csv\n', ''",
    "'a.', ''",
    "'a.b-c', ''",
    "plain, ''",
  })
  void theRealNameEndsWithTheSafeExtensionsOfTheName(String name, String suffix)
      throws IOException {
    Path real = view(Files.createFile(spool.path(name))).hostPath();

    assertThat(String.valueOf(real.getFileName()))
        .matches("spill-[a-z2-7]{26}\\Q" + suffix + "\\E");
    assertThat(real).isEmptyFile();
  }

  @Test
  void ofManyExtensionsThoseThatFitAreKept() throws IOException {
    Path many = Files.createFile(spool.path("a." + "b".repeat(20) + "." + "c".repeat(20) + ".d"));
    Path one = Files.createFile(spool.path("a." + "b".repeat(32)));

    assertThat(view(many).hostPath().toString()).endsWith("." + "c".repeat(20) + ".d");
    assertThat(String.valueOf(view(many).hostPath().getFileName())).hasSize(32 + 23);
    assertThat(String.valueOf(view(one).hostPath().getFileName())).hasSize(32);
  }

  @Test
  void aHandleGivesTheSuffixOfTheNameNowAndARenameLaterDoesNotChangeIt() throws IOException {
    Path file = Files.createFile(spool.path("file.part"));
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      Path renamed = Files.move(file, spool.path("file.csv"));
      Path real = ((TmpFileHandle) channel).view().hostPath();
      assertThat(real.toString()).endsWith(".csv");

      Path again = Files.move(renamed, spool.path("file.txt"));
      assertThat(view(again).hostPath()).isEqualTo(real);
    }
  }

  @Test
  void theRealFileHasThePermissionsOfTheFile() throws IOException {
    Path file = Files.writeString(spool.path("file"), TEXT);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
    Path real = view(file).hostPath();
    assertThat(permissions(real)).isEqualTo("rwxr-x--x");

    for (String mode : List.of("rwx------", "rw-r--r--", "---------", "r--------", "rw-------")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertThat(permissions(real)).isEqualTo(mode);
      assertThat(permissions(file)).isEqualTo(mode);
    }
  }

  @Test
  void permissionsThatAnotherProgramSetsAreThoseOfTheFile() throws Exception {
    Path file = Files.writeString(spool.path("file"), TEXT);
    Path real = view(file).hostPath();
    assertThat(Files.isExecutable(file)).isFalse();

    sh("chmod 750 \"$1\"", real);
    assertThat(permissions(file)).isEqualTo("rwxr-x---");
    assertThat(Files.isExecutable(file)).isTrue();
    sh("chmod 600 \"$1\"", real);
    assertThat(Files.isExecutable(file)).isFalse();
  }

  @Test
  void setIdBitsDoNotPassInEitherDirection() throws Exception {
    Path file = Files.writeString(spool.path("file"), TEXT);
    Path real = view(file).hostPath();

    Files.setAttribute(file, "unix:mode", 06711);
    assertThat((int) Files.getAttribute(real, "unix:mode") & 07777).isEqualTo(0711);
    assertThat((int) Files.getAttribute(file, "unix:mode") & 07777).isEqualTo(06711);
    Files.setAttribute(file, "unix:mode", 0700);
    sh("chmod 4755 \"$1\"", real);
    assertThat((int) Files.getAttribute(file, "unix:mode") & 07777).isEqualTo(0755);
  }

  @Test
  void aScriptRunsByItsPathThoughTheFileIsOpenForWriting() throws Exception {
    Path file = spool.path("script.sh");
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, READ, WRITE)) {
      channel.write(ByteBuffer.wrap("#!/bin/sh\necho one\n".getBytes(UTF_8)));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
      Path real = view(file).hostPath();
      assertThat(sh("\"$1\"", real)).isEqualTo("one\n");

      channel.write(ByteBuffer.wrap("echo two\n".getBytes(UTF_8)));
      channel.truncate(channel.size() - 1);
      assertThat(sh("\"$1\"", real)).isEqualTo("one\ntwo\n");
    }
  }

  @Test
  void aProgramThatMakesTheFileExecutableCanExecuteIt() throws Exception {
    Path file = spool.path("script.sh");
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, READ, WRITE)) {
      Path real = view(file).hostPath();
      channel.write(ByteBuffer.wrap("#!/bin/sh\necho one\n".getBytes(UTF_8)));
      assertThat(view(file).hostPath()).isEqualTo(real);
      assertThat(sh("chmod +x \"$1\"; \"$1\"", real)).isEqualTo("one\n");
      channel.write(ByteBuffer.wrap("echo two\n".getBytes(UTF_8)));
      assertThat(sh("\"$1\"", real)).isEqualTo("one\ntwo\n");
    }
  }

  @Test
  void aHandleWritesOnAfterThePermissionIsTakenAway() throws IOException {
    Path file = Files.writeString(spool.path("file"), TEXT);
    try (FileChannel channel = FileChannel.open(file, APPEND)) {
      Path real = view(file).hostPath();
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
      channel.write(ByteBuffer.wrap("!".getBytes(UTF_8)));
      assertThat(permissions(real)).isEqualTo("---------");
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readString(file)).isEqualTo(TEXT + "!");
  }

  @Test
  void aTimeThatAnotherProgramSetsIsTheTimeOfTheFile() throws Exception {
    Path file = Files.writeString(spool.path("file"), TEXT);
    sh("touch -t 197001020000 \"$1\"", view(file).hostPath());
    assertThat(Files.getLastModifiedTime(file))
        .isLessThan(FileTime.from(Duration.ofDays(3).toSeconds(), TimeUnit.SECONDS));
  }

  @Test
  void attributesSetBesideTheFirstCallAreKept() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    FileTime time = FileTime.fromMillis(5000);
    try {
      for (int round = 0; round < 300; round++) {
        Path file = Files.writeString(spool.path("file"), TEXT);
        Future<Path> call = thread.submit(() -> view(file).hostPath());
        for (int wait = round & 127; wait > 0; wait--) {
          Thread.onSpinWait();
        }
        Files.setLastModifiedTime(file, time);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        Path real = call.get(60, TimeUnit.SECONDS);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
        assertThat(Files.getLastModifiedTime(real)).isEqualTo(time);
        assertThat(permissions(real)).isEqualTo("rwx------");
        Files.delete(file);
      }
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void bytesOutliveANameThatAnotherProgramRemoved() throws Exception {
    Path file = Files.writeString(spool.path("file.txt"), TEXT);
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      Path real = view(file).hostPath();

      sh("rm \"$1\"", real);
      Files.writeString(file, "!", APPEND);
      assertThat(Files.readString(file)).isEqualTo(TEXT + "!");
      Files.setLastModifiedTime(file, FileTime.fromMillis(5000));
      assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(5000));
      assertThat(channel.size()).isEqualTo(10);
      assertThat(real).doesNotExist();

      assertThat(view(file).hostPath()).isEqualTo(real).hasContent(TEXT + "!");
      assertThat(Files.getLastModifiedTime(real)).isEqualTo(FileTime.fromMillis(5000));
      channel.write(ByteBuffer.wrap("S".getBytes(UTF_8)), 0);
      assertThat(real).hasContent("Some text!");
      assertThat(size(spool)).isEqualTo(10);
      assertThat(spool.diskBytes()).isEqualTo(10);
      assertThat(spool.filesOnHost()).isOne();
    }
  }

  @Test
  void aRemovedPrivateDirectoryIsMadeAnew() throws Exception {
    Path file = Files.writeString(spool.path("file.txt"), TEXT);
    sh("rm -r \"$1\"", parent(view(file).hostPath()));
    Path real = view(file).hostPath();

    assertThat(real).hasContent(TEXT);
    assertThat(real.toString()).endsWith(".txt");
    sh("printf ! >> \"$1\"", real);
    assertThat(Files.readString(file)).isEqualTo(TEXT + "!");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sed -i s/some/new/ \"$1\"", // skipped without sed
        "printf 'new text' > \"$1.new\"; mv \"$1.new\" \"$1\"",
        "rm \"$1\"; printf 'new text' > \"$1\"",
        "cp \"$1\" \"$1~\"; rm \"$1\"; printf 'new text' > \"$1\""
      })
  void aReplacedFileIsAdopted(String script) throws Exception {
    assumeTrue(!script.startsWith("sed") || Files.isExecutable(Path.of("/bin/sed")));
    Path file = Files.writeString(spool.path("file"), TEXT);
    Files.setLastModifiedTime(file, FileTime.fromMillis(5));
    for (Use use : Use.values()) {
      Files.writeString(file, TEXT);
      Path real = view(file).hostPath();
      try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
        sh(script + "; chmod 640 \"$1\"", real);

        use.check(file, channel, real);

        assertThat(Files.readString(file)).isEqualTo("new text");
        assertThat(Files.size(file)).isEqualTo(8);
        assertThat(permissions(file)).isEqualTo("rw-r-----");
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(Files.getLastModifiedTime(real));
        assertThat(view(file).hostPath()).isEqualTo(real).hasContent("new text");
        channel.write(ByteBuffer.wrap("N".getBytes(UTF_8)), 0);
        assertThat(real).hasContent("New text");
        assertThat(size(spool)).isEqualTo(8);
        assertThat(spool.diskBytes()).isEqualTo(8);
        assertThat(spool.filesOnHost()).isOne();
      }
    }
    Files.delete(file);
    assertThat(size(spool)).isZero();
    assertThat(spool.diskBytes()).isZero();
    assertThat(host).isEmptyDirectory();
  }

  /** The first use of a file whose real file was replaced. */
  private enum Use {
    READ_CHANNEL {
      @Override
      void check(Path file, FileChannel channel, Path real) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(100);
        assertThat(channel.read(bytes, 0)).isEqualTo(8);
        assertThat(new String(bytes.array(), 0, 8, UTF_8)).isEqualTo("new text");
      }
    },
    SIZE_OF_CHANNEL {
      @Override
      void check(Path file, FileChannel channel, Path real) throws IOException {
        assertThat(channel.size()).isEqualTo(8);
      }
    },
    ATTRIBUTES {
      @Override
      void check(Path file, FileChannel channel, Path real) throws IOException {
        assertThat(Files.size(file)).isEqualTo(8);
      }
    },
    WRITE_CHANNEL {
      @Override
      void check(Path file, FileChannel channel, Path real) throws IOException {
        channel.write(ByteBuffer.wrap("n".getBytes(UTF_8)), 0);
        assertThat(real).hasContent("new text");
      }
    },
    TRUNCATE {
      @Override
      void check(Path file, FileChannel channel, Path real) throws IOException {
        channel.truncate(8);
      }
    },
    FORCE {
      @Override
      void check(Path file, FileChannel channel, Path real) throws IOException {
        channel.force(true);
      }
    },
    MAP {
      @Override
      void check(Path file, FileChannel channel, Path real) throws IOException {
        MappedByteBuffer mapping = channel.map(MapMode.READ_WRITE, 0, 8);
        assertThat(mapping.get(0)).isEqualTo((byte) 'n');
        mapping.put(0, (byte) 'n');
      }
    },
    HOST_PATH {
      @Override
      void check(Path file, FileChannel channel, Path real) throws IOException {
        assertThat(((TmpFileHandle) channel).view().hostPath()).isEqualTo(real);
      }
    },
    CHMOD {
      @Override
      void check(Path file, FileChannel channel, Path real) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
      }
    };

    abstract void check(Path file, FileChannel channel, Path real) throws IOException;
  }

  @Test
  void aReplacementThatNoUseSawGoesWithTheFile() throws Exception {
    Path file = Files.writeString(spool.path("file"), TEXT);
    Path other = Files.writeString(spool.path("other"), TEXT);
    Path real = view(file).hostPath();
    assertThat(view(other).hostPath()).hasContent(TEXT);

    sh("cp \"$1\" \"$1.new\"; mv \"$1.new\" \"$1\"", real);
    Files.delete(file);
    assertThat(real).doesNotExist();
  }

  @Test
  void mappingsStayThoseOfTheFileThatWasReplaced() throws Exception {
    Path file = Files.writeString(spool.path("file"), TEXT);
    Path real = view(file).hostPath();
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      MappedByteBuffer before = channel.map(MapMode.READ_WRITE, 0, 9);
      sh("printf 'new text' > \"$1.new\"; mv \"$1.new\" \"$1\"", real);
      assertThat(channel.size()).isEqualTo(8);
      assertThat(before.get(0)).isEqualTo((byte) 's');
      before.put(0, (byte) 'X');
      assertThat(Files.readString(file)).isEqualTo("new text");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ln -s \"$2\" \"$1\", a symbolic link",
    "mkdir \"$1\", a directory",
    "mkfifo \"$1\", 'a FIFO, a socket or a device'",
  })
  void anEntryThatIsNoFileIsRefusedUntilItIsRemoved(String plant, String found) throws Exception {
    Path secret = Files.writeString(host.resolve("secret"), "secret");
    Path file = Files.writeString(spool.path("file"), TEXT);
    Path real = view(file).hostPath();
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      sh("rm \"$1\"; " + plant.replace("$2", secret.toString()), real);

      for (ThrowingCallable use :
          List.<ThrowingCallable>of(
              () -> channel.read(ByteBuffer.allocate(1), 0),
              () -> channel.write(ByteBuffer.allocate(1), 0),
              channel::size,
              () -> channel.truncate(1),
              () -> channel.map(MapMode.READ_WRITE, 0, 1),
              () -> view(file).hostPath(),
              () -> ((TmpFileHandle) channel).view().hostPath(),
              () -> Files.readString(file),
              () -> Files.writeString(file, "x"))) {
        assertThatExceptionOfType(FileSystemException.class)
            .isThrownBy(use)
            .withMessage(
                file
                    + ": "
                    + real
                    + " is "
                    + found
                    + ", no longer the file of hostPath(), and is not used; the bytes are back once"
                    + " it is removed");
      }
      assertThat(Files.size(file)).isEqualTo(TEXT.length()); // lists of files still work
      assertThat(Files.exists(file)).isTrue();
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));
      assertThatExceptionOfType(FileSystemException.class)
          .isThrownBy(
              () ->
                  Files.setPosixFilePermissions(
                      file, PosixFilePermissions.fromString("rwxrwxrwx")));
      assertThat(permissions(secret)).isEqualTo("rw-r-----");
      assertThat(secret).hasContent("secret");

      sh("rm -r \"$1\"", real);
      assertThat(Files.readString(file)).isEqualTo(TEXT);
      channel.write(ByteBuffer.wrap("S".getBytes(UTF_8)), 0);
      assertThat(view(file).hostPath()).isEqualTo(real).hasContent("Some text");
      sh("rm \"$1\"; " + plant.replace("$2", secret.toString()), real);
    }
    Files.delete(file);
    assertThat(secret).hasContent("secret");
    Files.delete(secret);
  }

  @Test
  void aFileOfAnotherUserIsRefused() throws Exception {
    Path file = Files.writeString(spool.path("file"), TEXT);
    Path real = view(file).hostPath();
    assumeTrue((int) Files.getAttribute(real, "unix:uid") == 0, "only root gives files away");
    sh("printf new > \"$1.new\"; chown 12345 \"$1.new\"; mv \"$1.new\" \"$1\"", real);

    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> Files.readString(file))
        .withMessageContaining("is a file of 12345");
    sh("rm \"$1\"", real);
    assertThat(Files.readString(file)).isEqualTo(TEXT);
  }

  @Test
  void aRealFileThatWasMovedAwayStaysAsTheFileCloses() throws Exception {
    Path target = host.resolve("target.csv");
    try (FileChannel channel = FileChannel.open(spool.path("file.csv"), CREATE_NEW, READ, WRITE)) {
      channel.write(ByteBuffer.wrap(TEXT.getBytes(UTF_8)));
      Path real = ((TmpFileHandle) channel).view().hostPath();
      Files.move(real, target);
      Files.delete(spool.path("file.csv"));
      channel.write(ByteBuffer.wrap("S".getBytes(UTF_8)), 0);
      assertThat(channel.size()).isEqualTo(9);
    }
    assertThat(target).hasContent("Some text");
    Files.delete(target);
    assertThat(host).isEmptyDirectory();
    assertThat(size(spool)).isZero();
    assertThat(spool.diskBytes()).isZero();
  }

  @Test
  void readersAndWritersNeverSeeAMixtureWhileProgramsReplaceTheFile() throws Exception {
    int length = 20_000;
    int rounds = 200;
    Path file = Files.write(spool.path("file"), filled(length, 0));
    Path real = view(file).hostPath();
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> tasks = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        tasks.add(threads.submit(() -> readWhole(file, length, done)));
      }
      tasks.add(threads.submit(() -> writeBehind(file, length, done)));
      tasks.add(threads.submit(() -> askForPath(file, real, done)));
      for (int round = 1; round <= rounds; round++) {
        Path next = Files.write(real.resolveSibling("next"), filled(length, round));
        Files.move(next, real, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(file)) {
          ByteBuffer first = ByteBuffer.allocate(1);
          assertThat(channel.read(first, 0)).isOne();
          assertThat(first.get(0)).isEqualTo((byte) round);
        }
      }
      done.set(true);
      for (Future<?> task : tasks) {
        task.get(60, TimeUnit.SECONDS);
      }
      assertThat(Files.readAllBytes(file)).startsWith(filled(length, rounds));
      assertThat(Files.readAllBytes(real)).isEqualTo(Files.readAllBytes(file));
      assertThat(size(spool)).isEqualTo(Files.size(real));
      assertThat(spool.filesOnHost()).isOne();
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static Void readWhole(Path file, int length, AtomicBoolean done) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes = ByteBuffer.allocate(length);
      while (!done.get()) {
        assertThat(channel.read(bytes.clear(), 0)).isEqualTo(length);
        assertThat(bytes.array()).isEqualTo(filled(length, bytes.get(0)));
      }
    }
    return null;
  }

  private static Void writeBehind(Path file, int length, AtomicBoolean done) throws IOException {
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      while (!done.get()) {
        channel.write(ByteBuffer.wrap(new byte[] {1}), length + 10L);
      }
    }
    return null;
  }

  private static Void askForPath(Path file, Path real, AtomicBoolean done) throws IOException {
    while (!done.get()) {
      assertThat(view(file).hostPath()).isEqualTo(real);
    }
    return null;
  }

  @Test
  void whatOtherProgramsWriteCountsAndIsGivenBack() throws Exception {
    try (Spool small = Spool.open(Map.of("directory", host, "maxSize", 100))) {
      Path file = Files.write(small.path("file"), new byte[50]);
      Path real = view(file).hostPath();
      try (FileChannel channel = FileChannel.open(file, WRITE)) {
        Files.write(real, new byte[150]);
        assertThat(Files.size(file)).isEqualTo(150);
        assertThat(size(small)).isEqualTo(150);
        assertThat(small.diskBytes()).isEqualTo(150);
        channel.write(ByteBuffer.allocate(10), 0);
        assertThatExceptionOfType(FileSystemException.class)
            .isThrownBy(() -> channel.write(ByteBuffer.allocate(1), 150))
            .withMessageContaining("maxSize 100");
        Files.write(real, new byte[20]);
        channel.write(ByteBuffer.allocate(10), 20);
        assertThat(size(small)).isEqualTo(30);
        channel.truncate(5);
        assertThat(size(small)).isEqualTo(5);
        Files.write(real, new byte[70]);
      }
      Files.delete(file);
      assertThat(size(small)).isZero();
      assertThat(small.diskBytes()).isZero();
      Files.write(small.path("other"), new byte[100]);
    }
  }

  @Test
  void aDiskThatRefusesLeavesTheFileAsItWas() throws IOException {
    Path directory = Files.createDirectory(host.resolve("missing"));
    try (Spool nowhere = Spool.open(Map.of("directory", directory))) {
      Files.delete(directory);
      Path file = Files.writeString(nowhere.path("file"), TEXT);
      assertThatExceptionOfType(FileSystemException.class)
          .isThrownBy(() -> view(file).hostPath())
          .withMessageStartingWith(file + ": ")
          .withMessageContaining("missing");
      assertThat(storage(file)).isEqualTo(Storage.MEMORY);
      assertThat(Files.readString(file)).isEqualTo(TEXT);
    }
  }

  @Test
  void aSpillDirectoryElsewhereHasNoRealPaths() throws IOException {
    try (Spool inner = Spool.open(Map.of("directory", spool.path("")))) {
      Path file = Files.writeString(inner.path("file"), TEXT);
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> view(file).hostPath())
          .withMessageContaining("not on the default file system");
      assertThat(storage(file)).isEqualTo(Storage.MEMORY);
      view(file).rollOver();
      assertThat(storage(file)).isEqualTo(Storage.DISK);
    }
  }

  @Test
  void aRelativeSpillDirectoryHasAbsolutePaths() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(host);
    try (Spool there = Spool.open(Map.of("directory", relative))) {
      Path file = Files.writeString(there.path("file"), TEXT);
      assertThat(view(file).hostPath()).isAbsolute().hasContent(TEXT);
    }
  }

  @Test
  void onlyRegularFilesHaveOne() throws IOException {
    Path directory = Files.createDirectory(spool.path("directory"));
    Path link = Files.createSymbolicLink(spool.path("link"), Files.createFile(spool.path("file")));

    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(directory).hostPath())
        .withMessage(directory + ": Is a directory");
    assertThat(view(link).hostPath()).isEmptyFile();
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(
            () ->
                Files.getFileAttributeView(
                        link, TmpFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .hostPath())
        .withMessageStartingWith(link + ": Too many levels of symbolic links");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> view(spool.path("nothing")).hostPath());
  }

  /** Returns a file that is there. */
  private Path in(Storage storage, String text) throws IOException {
    Path file = Files.writeString(spool.path("file"), text);
    switch (storage) {
      case MEMORY -> {}
      case PACK -> {
        for (int i = 0; storage(file) == Storage.MEMORY && i < 1000; i++) {
          Files.write(spool.path("more" + i), new byte[900]);
        }
      }
      case DISK -> view(file).rollOver();
      case HOST -> view(file).hostPath();
    }
    assertThat(storage(file)).isEqualTo(storage);
    return file;
  }

  private static Path parent(Path real) {
    return real.resolveSibling("");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static long size(Spool spool) throws IOException {
    return (Long) spool.store().getAttribute("tmp:size");
  }

  private static TmpFileAttributeView view(Path path) {
    return Files.getFileAttributeView(path, TmpFileAttributeView.class);
  }

  private static Object storage(Path path) throws IOException {
    return Files.getAttribute(path, "tmp:storage");
  }

  /** Runs a script with one argument; returns what it prints. */
  private static String sh(String script, Path argument) throws Exception {
    Process process =
        new ProcessBuilder("/bin/sh", "-ec", script, "sh", argument.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(Duration.ofSeconds(60).toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
