package io.github.niotmp.tck.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Times that are stamped by a clock of the caller's. */
class ClockTest {
  private static final Instant START = Instant.parse("2001-02-03T04:05:06.000000007Z");
  private static final String TIMES = "unix:creationTime,lastModifiedTime,lastAccessTime,ctime";

  private final AtomicLong seconds = new AtomicLong();

  private FileSystem open(InstantSource clock) throws IOException {
    return TmpFileSystems.open(TmpSettings.defaults().clock(clock));
  }

  /** Opens a file system whose clock shows one second more at each look. */
  private FileSystem openTicking() throws IOException {
    return open(() -> START.plusSeconds(seconds.getAndIncrement()));
  }

  private static Map<String, Object> times(Path path) throws IOException {
    return Files.readAttributes(path, TIMES, LinkOption.NOFOLLOW_LINKS);
  }

  private static FileTime changed(Path path) throws IOException {
    return (FileTime) Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void allTimesAreThoseOfAFixedClock() throws IOException {
    try (FileSystem tmp = open(InstantSource.fixed(START))) {
      Path root = tmp.getPath("/");
      Path directory = Files.createDirectory(root.resolve("directory"));
      Path file = Files.writeString(directory.resolve("file"), "text");
      Path link = Files.createSymbolicLink(root.resolve("link"), file);
      Path hard = Files.createLink(root.resolve("hard"), file);
      Files.writeString(file, "more", StandardOpenOption.APPEND);
      Path copy = Files.copy(file, root.resolve("copy"));
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r-----"));
      Files.setAttribute(copy, "user:name", new byte[1]);
      Path moved = Files.move(copy, directory.resolve("moved"));
      Files.delete(Files.createTempFile(directory, "t", ""));

      for (Path path : new Path[] {root, directory, file, link, hard, moved}) {
        assertThat(times(path).values()).as("%s", path).containsOnly(FileTime.from(START));
      }
    }
  }

  @Test
  void aSpilledFileHasThemToo() throws IOException {
    TmpSettings onDisk = TmpSettings.defaults().spoolThreshold(0).clock(InstantSource.fixed(START));
    try (FileSystem tmp = TmpFileSystems.open(onDisk)) {
      Path file = Files.write(tmp.getPath("/file"), new byte[100_000]);

      assertThat(times(file).values()).containsOnly(FileTime.from(START));
    }
  }

  @Test
  void eachChangeIsStampedAsTheClockTicks() throws IOException {
    try (FileSystem tmp = openTicking()) {
      Path file = Files.createFile(tmp.getPath("/file"));
      FileTime created = (FileTime) times(file).get("creationTime");
      FileTime directory = Files.getLastModifiedTime(tmp.getPath("/"));
      assertThat(created).isGreaterThan(FileTime.from(START));
      assertThat(directory).isGreaterThan(FileTime.from(START));

      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        FileTime before = created;
        for (int i = 0; i < 3; i++) {
          channel.write(ByteBuffer.allocate(1));
          FileTime now = Files.getLastModifiedTime(file);
          assertThat(now).isGreaterThan(before).isLessThan(FileTime.from(now()));
          before = now;
        }
      }
      FileTime modified = Files.getLastModifiedTime(file);
      FileTime lastChange = changed(file);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

      assertThat(changed(file)).isGreaterThan(lastChange).isLessThan(FileTime.from(now()));
      assertThat(Files.getLastModifiedTime(file)).isEqualTo(modified);
      assertThat(times(file)).containsEntry("creationTime", created);
      assertThat(times(file)).containsEntry("lastAccessTime", created);
      assertThat(Files.getLastModifiedTime(tmp.getPath("/"))).isEqualTo(directory);
    }
  }

  @Test
  void aLinkAndADirectoryAreStampedAsTheClockTicks() throws IOException {
    try (FileSystem tmp = openTicking()) {
      Path link = Files.createSymbolicLink(tmp.getPath("/link"), tmp.getPath("nothing"));
      FileTime before = changed(link);
      Files.createLink(tmp.getPath("/other"), link);
      assertThat(changed(link)).isGreaterThan(before).isLessThan(FileTime.from(now()));

      FileTime root = changed(tmp.getPath("/"));
      Files.setLastModifiedTime(tmp.getPath("/"), FileTime.fromMillis(1));
      assertThat(changed(tmp.getPath("/"))).isGreaterThan(root).isLessThan(FileTime.from(now()));
    }
  }

  /** Returns a time after all that the ticking clock has shown. */
  private Instant now() {
    return START.plusSeconds(seconds.get());
  }

  @Test
  void instantsThatNanosecondsCannotHoldBecomeTheNearest() throws IOException {
    try (FileSystem late = open(() -> Instant.MAX);
        FileSystem early = open(() -> Instant.MIN)) {
      assertThat(Files.getLastModifiedTime(Files.createFile(late.getPath("/file"))).toString())
          .startsWith("2262-04-11T");
      assertThat(Files.getLastModifiedTime(Files.createFile(early.getPath("/file"))).toString())
          .startsWith("1677-09-21T");
    }
  }

  @Test
  void aClockThatThrowsLeavesTheNamesAsTheyWere() throws IOException {
    AtomicBoolean broken = new AtomicBoolean();
    InstantSource clock =
        () -> {
          if (broken.get()) {
            throw new IllegalStateException("no time");
          }
          return START;
        };
    try (FileSystem tmp = open(clock)) {
      Path file = Files.createFile(tmp.getPath("/file"));
      Path directory = Files.createDirectory(tmp.getPath("/directory"));
      broken.set(true);

      assertThatThrownBy(() -> Files.createFile(tmp.getPath("/new"))).hasMessage("no time");
      assertThatThrownBy(() -> Files.delete(file)).hasMessage("no time");
      assertThatThrownBy(() -> Files.delete(directory)).hasMessage("no time");
      assertThatThrownBy(() -> Files.move(file, directory.resolve("moved"))).hasMessage("no time");

      broken.set(false);
      assertThat(tmp.getPath("/new")).doesNotExist();
      assertThat(file).isRegularFile();
      assertThat(directory).isEmptyDirectory();
      Files.delete(Files.move(file, directory.resolve("moved")));
      Files.delete(directory);
    }
  }
}
