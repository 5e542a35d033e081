package io.github.niotmp.tck.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.PersistException;
import io.github.niotmp.PersistOptions;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A temporary file after interrupts, and between threads, programs and users that share it. */
@ParameterizedClass
@EnumSource(names = {"TMP", "HOST", "DISK"})
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FollowedFileTest {
  private static final String TEXT = "the old text";
  private static final int LINES = 500;
  private static final int ANOTHER_USER = 12345;

  private final Place place;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Place.Opened opened;

  @SuppressWarnings("NullAway.Init") // made before each test
  private TempOptions options;

  @SuppressWarnings("NullAway.Init") // made before each test
  private TempFile file;

  FollowedFileTest(Place place) {
    this.place = place;
  }

  @BeforeEach
  void open() throws IOException {
    opened = place.open();
    options = TempOptions.defaults().directory(opened.directory());
    file = TempFile.create(options);
    file.channel().write(UTF_8.encode(TEXT));
  }

  @AfterEach
  @SuppressWarnings("try") // they are there to be closed
  void close() throws IOException {
    threads.shutdownNow();
    try (Place.Opened directory = opened;
        TempFile last = file) {
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), UTF_8);
  }

  private interface Call {
    void run() throws IOException;
  }

  /** An interrupt closes the channel that the file has open. */
  private static void interrupted(Call call) {
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(ClosedByInterruptException.class).isThrownBy(call::run);
    assertThat(Thread.interrupted()).isTrue();
  }

  /** An interrupt does not disturb what goes by the file and not by its channel. */
  private static void undisturbed(Call call) throws IOException {
    Thread.currentThread().interrupt();
    call.run();
    assertThat(Thread.interrupted()).isTrue();
  }

  private Path replacement(String text) throws IOException {
    return Files.writeString(opened.directory().resolve("replacement"), text);
  }

  private void replace(String text) throws IOException {
    Files.move(replacement(text), file.path(), StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void anInterruptDoesNotMoveThePosition() throws IOException {
    FileChannel channel = file.channel().position(1000);
    InputStream in = file.newInputStream();
    assertThat(in.read()).isEqualTo('t');

    undisturbed(in::read);

    assertThat(channel.position()).isEqualTo(1000);
    assertThat(text(in)).isEqualTo(TEXT.substring(2));
    assertThat(file.size()).isEqualTo(TEXT.length());
  }

  @Test
  void anInterruptDoesNotHideThatAnotherFileTookTheName() throws IOException {
    FileChannel channel = file.channel();
    undisturbed(file::size);

    replace("new");

    assertThat(channel.position()).isEqualTo(3);
    assertThat(text(file.newInputStream())).isEqualTo("new");
    assertThat(file.size()).isEqualTo(3);
  }

  @Test
  void anInterruptClosesTheChannelOfItsUserAlone() throws IOException {
    FileChannel channel = file.channel();

    interrupted(() -> channel.read(ByteBuffer.allocate(1), 0));

    assertThat(channel.isOpen()).isFalse();
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(channel::size);
    assertThat(text(file.newInputStream())).isEqualTo(TEXT);
  }

  @Test
  void anInterruptDoesNotDisturbAnAppend() throws IOException {
    OutputStream out = file.newOutputStream(StandardOpenOption.APPEND);
    out.write('1');

    undisturbed(() -> out.write('x'));
    out.write('2');

    assertThat(text(file.newInputStream())).isEqualTo(TEXT + "1x2");
    assertThat(file.path()).content().isEqualTo(text(file.newInputStream()));
  }

  /** As on file systems that give the next file the number of the one that was deleted last. */
  @Test
  void afterAnInterruptAFileOfAnotherUserWithTheSameInodeCountsAsGone() throws IOException {
    assumeDiskAndRoot();
    Object inode = Files.getAttribute(file.path(), "unix:ino");
    FileChannel channel = file.channel();
    interrupted(() -> channel.read(ByteBuffer.allocate(1), 0));
    Files.delete(file.path());
    Path planted = withInode(inode);
    Files.setAttribute(planted, "unix:uid", ANOTHER_USER);
    Files.move(planted, file.path());
    assertThat(Files.getAttribute(file.path(), "unix:ino")).isEqualTo(inode);

    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(file::size)
        .withMessageContaining("a file of ");
    assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(file::newInputStream);
  }

  private Path withInode(Object inode) throws IOException {
    for (int i = 0; i < 1000; i++) {
      Path planted = Files.writeString(opened.directory().resolve("planted" + i), "planted");
      if (Files.getAttribute(planted, "unix:ino").equals(inode)) {
        return planted;
      }
    }
    assumeTrue(false, "this file system uses no number again");
    throw new IllegalStateException("assumed otherwise");
  }

  private void assumeDiskAndRoot() throws IOException {
    assumeTrue(place == Place.DISK && Files.isDirectory(Path.of("/proc/self")), "a disk of Linux");
    assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "not root");
  }

  /** Runs tasks at a time, and throws what one of them throws. */
  private void atATime(List<Callable<Void>> tasks) throws Exception {
    for (Future<Void> done : threads.invokeAll(tasks)) {
      try {
        done.get();
      } catch (ExecutionException e) {
        throw new AssertionError(e.getCause());
      }
    }
  }

  private static Callable<Void> appending(OutputStream out, String line) {
    return () -> {
      for (int i = 0; i < LINES; i++) {
        out.write((line + "\n").getBytes(UTF_8));
      }
      return null;
    };
  }

  @Test
  void twoOwnersOfOneFileAppendAndLoseNothing() throws Exception {
    file.setSize(0);
    try (TempFile other = TempFile.adopt(file.path())) {
      atATime(
          List.of(
              appending(file.newOutputStream(StandardOpenOption.APPEND), "one"),
              appending(other.newOutputStream(StandardOpenOption.APPEND), "another"),
              appending(
                  Files.newOutputStream(file.path(), StandardOpenOption.APPEND), "by its name")));

      List<String> lines = file.newReader().lines().toList();
      assertThat(lines).hasSize(3 * LINES).containsOnly("one", "another", "by its name");
      assertThat(lines).filteredOn("one"::equals).hasSize(LINES);
      assertThat(lines).filteredOn("another"::equals).hasSize(LINES);
    }
  }

  @Test
  void threadsReadOneFileOrTheOtherWhileTheNameIsReplaced() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    List<Callable<Void>> tasks = new ArrayList<>();
    tasks.add(
        () -> {
          try {
            for (int i = 0; i < LINES; i++) {
              Path next = replacement(i % 2 == 0 ? "one" : "two");
              Files.move(next, file.path(), StandardCopyOption.ATOMIC_MOVE);
            }
          } finally {
            done.set(true);
          }
          return null;
        });
    for (int i = 0; i < 3; i++) {
      FileChannel channel = file.channel();
      tasks.add(
          () -> {
            while (!done.get()) {
              assertThat(text(file.newInputStream())).isIn(TEXT, "one", "two");
              assertThat(channel.size()).isIn(3L, (long) TEXT.length());
              assertThat(file.size()).isIn(3L, (long) TEXT.length());
              try (FileChannel again = file.reopen(StandardOpenOption.READ)) {
                assertThat(again.size()).isIn(3L, (long) TEXT.length());
              }
            }
            return null;
          });
    }

    atATime(tasks);
  }

  @Test
  void theBufferIsWrittenThoughTheChannelWasClosed() throws IOException {
    try (TempFile buffered = TempFile.create(options.bufferSize(100))) {
      FileChannel channel = buffered.channel();
      buffered.newOutputStream().write("bytes".getBytes(UTF_8));
      channel.close();
      Path other = replacement("new");
      Files.move(other, path(buffered), StandardCopyOption.REPLACE_EXISTING);

      assertThat(text(buffered.newInputStream())).startsWith("bytes");
    }
  }

  /** Finds the name without {@link TempFile#path()}, which writes the buffer out. */
  private Path path(TempFile buffered) throws IOException {
    try (var names = Files.newDirectoryStream(opened.directory())) {
      for (Path name : names) {
        if (!name.equals(file.path()) && buffered.toString().contains(name.toUri().toString())) {
          return name;
        }
      }
    }
    throw new AssertionError(buffered);
  }

  @Test
  void thePositionThatItsUserSetStaysAsTheBufferGoesToAnotherFile() throws IOException {
    try (TempFile buffered = TempFile.create(options.bufferSize(100))) {
      FileChannel channel = buffered.channel();
      buffered.newOutputStream().write("bytes".getBytes(UTF_8));
      channel.position(1);
      Files.move(replacement("a longer text"), path(buffered), StandardCopyOption.REPLACE_EXISTING);

      assertThat(text(buffered.newInputStream())).isEqualTo("bytesger text");
      assertThat(channel.position()).isEqualTo(1);
    }
  }

  @Test
  void aFileInADirectoryForAllIsTakenOverAndPersistedAsACopy() throws IOException {
    assumeDiskAndRoot();
    Files.setPosixFilePermissions(opened.directory(), PosixFilePermissions.fromString("rwxrwxrwx"));
    Path shared = Files.writeString(opened.directory().resolve("shared"), "text");
    Object inode = Files.getAttribute(shared, "unix:ino");
    Path target = opened.directory().resolve("target");
    try (TempFile adopted = TempFile.adopt(shared)) {
      assertThat(text(adopted.newInputStream())).isEqualTo("text");

      adopted.persist(target);
    }

    assertThat(target).hasContent("text");
    assertThat(Files.getAttribute(target, "unix:ino")).isNotEqualTo(inode);
    assertThat(shared).doesNotExist();
  }

  @Test
  void aFileOfTheOwnerOfItsDirectoryIsRenamed() throws IOException {
    assumeDiskAndRoot();
    Path theirs = Files.createDirectory(opened.directory().resolve("theirs"));
    Path name = Files.writeString(theirs.resolve("name"), "text");
    Files.setAttribute(theirs, "unix:uid", ANOTHER_USER);
    Files.setAttribute(name, "unix:uid", ANOTHER_USER);
    Object inode = Files.getAttribute(name, "unix:ino");
    Path target = theirs.resolve("target");
    try (TempFile adopted = TempFile.adopt(name)) {
      adopted.persist(target, StandardCopyOption.REPLACE_EXISTING);
    }

    assertThat(target).hasContent("text");
    assertThat(Files.getAttribute(target, "unix:ino")).isEqualTo(inode);
    assertThat(name).doesNotExist();
  }

  @Test
  void persistOntoASecondNameOfTheFileRemovesItsFirst() throws IOException {
    Path second = Files.createLink(opened.directory().resolve("second"), file.path());

    file.persist(second, StandardCopyOption.REPLACE_EXISTING);

    assertThat(second).hasContent(TEXT);
    assertThat(file.path()).doesNotExist();
    assertThat(opened.directory()).isDirectoryNotContaining(path -> !path.equals(second));
  }

  @Test
  void ofTwoThreadsThatPersistAFileOneWins() throws Exception {
    Path directory = opened.directory();
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Path target = directory.resolve("target" + i);
      tasks.add(
          () -> {
            try {
              file.persist(target);
              return true;
            } catch (IllegalStateException | PersistException e) {
              return false;
            }
          });
    }
    int winners = 0;
    for (Future<Boolean> won : threads.invokeAll(tasks)) {
      winners += won.get() ? 1 : 0;
    }

    assertThat(winners).isEqualTo(1);
    try (var names = Files.list(directory)) {
      assertThat(names).singleElement().satisfies(target -> assertThat(target).hasContent(TEXT));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TMP", "HOST", "DISK", "ANOTHER_DEVICE"})
  void aFileWithoutANameKeepsItsPermissions(Place to) throws IOException {
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rwxr-----");
    try (Place.Opened other = to.open();
        TempFile unnamed = TempFile.createUnnamed(options.permissions(permissions))) {
      Path target = other.directory().resolve("target");
      unnamed.newOutputStream().write("text".getBytes(UTF_8));

      unnamed.persist(target, PersistOptions.defaults().sync(true));

      assertThat(target).hasContent("text");
      assertThat(Files.getPosixFilePermissions(target)).isEqualTo(permissions);
    }
  }

  @Test
  void aFailedPersistOfAFileHandsNoDirectoryBack() throws IOException {
    Path target = replacement("is there");

    PersistException failure = null;
    try {
      file.persist(target);
    } catch (PersistException e) {
      failure = e;
    }

    assertThat(failure).isNotNull();
    assertThat(failure.tempFile()).isSameAs(file);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(failure::tempDirectory)
        .withMessageContaining("tempFile()");
  }
}
