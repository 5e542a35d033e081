package io.github.niotmp.tck.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.PersistException;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileSystems;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A temporary file with a name is the file at its name, whichever program put it there. */
@ParameterizedClass
@EnumSource
class OneFileTest {
  private static final String OLD = "the old text";
  private static final String NEW = "new";

  private final Place place;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Place.Opened opened;

  @SuppressWarnings("NullAway.Init") // made before each test
  private TempFile file;

  @SuppressWarnings("NullAway.Init") // made before each test
  private InputStream in;

  @SuppressWarnings("NullAway.Init") // made before each test
  private OutputStream out;

  @SuppressWarnings("NullAway.Init") // made before each test
  private BufferedWriter writer;

  OneFileTest(Place place) {
    this.place = place;
  }

  @BeforeEach
  void open() throws IOException {
    opened = place.open();
    file = TempFile.create(TempOptions.defaults().directory(opened.directory()));
    file.channel().write(UTF_8.encode(OLD));
    in = file.newInputStream();
    out = file.newOutputStream();
    writer = file.newWriter();
  }

  @AfterEach
  void close() throws IOException {
    TempFile last = file;
    try (Place.Opened directory = opened;
        last) {
      assertThat(directory.directory()).exists();
    }
  }

  /** A way in which another file gets the name. */
  private interface Replacement {
    void of(TempFile file) throws IOException;
  }

  /** The ways, each of which leaves {@link #NEW} at the name. */
  enum Way implements Replacement {
    COPY_OF_A_STREAM {
      @Override
      public void of(TempFile file) throws IOException {
        InputStream content = new ByteArrayInputStream(NEW.getBytes(UTF_8));
        Files.copy(content, file.path(), StandardCopyOption.REPLACE_EXISTING);
      }
    },
    MOVE {
      @Override
      public void of(TempFile file) throws IOException {
        Files.move(other(file, NEW), file.path(), StandardCopyOption.REPLACE_EXISTING);
      }
    },
    MOVE_FROM_ANOTHER_FILE_SYSTEM {
      @Override
      public void of(TempFile file) throws IOException {
        try (FileSystem tmp = TmpFileSystems.open(Map.of())) {
          Path other = Files.writeString(tmp.getPath("/other"), NEW);
          Files.move(other, file.path(), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    },
    DELETE_AND_CREATE {
      @Override
      public void of(TempFile file) throws IOException {
        Files.delete(file.path());
        Files.writeString(file.path(), NEW, StandardOpenOption.CREATE_NEW);
      }
    },
    /** As an editor that keeps a backup until all is well. */
    SAVE_BY_RENAME {
      @Override
      public void of(TempFile file) throws IOException {
        Path backup = file.path().resolveSibling("backup~");
        Path saved = other(file, NEW);
        Files.move(file.path(), backup);
        Files.move(saved, file.path());
        Files.delete(backup);
      }
    },
    SED {
      @Override
      public void of(TempFile file) throws IOException {
        sh("sed -i 's/.*/new/' \"$1\"", hostPath(file));
      }
    };

    static Path other(TempFile file, String text) throws IOException {
      return Files.writeString(file.path().resolveSibling("other"), text);
    }
  }

  private static Path hostPath(TempFile file) throws IOException {
    try {
      return file.hostPath();
    } catch (UnsupportedOperationException e) {
      assumeTrue(false, "no program can open " + file);
      throw e;
    }
  }

  private static void sh(String command, Path path) throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell");
    Process process =
        new ProcessBuilder("/bin/sh", "-c", command, "sh", path.toString()).inheritIO().start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts this thread", e);
    }
    assertThat(process.exitValue()).isZero();
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), UTF_8);
  }

  private static String text(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
    channel.read(bytes, 0);
    return UTF_8.decode(bytes.flip()).toString();
  }

  private String atTheName() throws IOException {
    return Files.readString(file.path());
  }

  @ParameterizedTest
  @EnumSource
  void eachMethodReadsTheFileAtTheName(Way way) throws IOException {
    way.of(file);

    assertThat(file.size()).isEqualTo(NEW.length());
    assertThat(text(file.newInputStream())).isEqualTo(NEW);
    assertThat(file.newReader().readLine()).isEqualTo(NEW);
    try (FileChannel again = file.reopen()) {
      assertThat(text(again)).isEqualTo(NEW);
    }
    file.rollOver();
    assertThat(file.isRolledOver()).isTrue();
    if (place.isTmp() || place == Place.DISK) {
      assertThat(file.hostPath()).hasContent(NEW);
    }
    file.setSize(1);
    assertThat(atTheName()).isEqualTo("n");
  }

  @ParameterizedTest
  @EnumSource
  void theChannelReadsAndWritesTheFileAtTheName(Way way) throws IOException {
    way.of(file);
    FileChannel channel = file.channel();

    assertThat(channel.size()).isEqualTo(NEW.length());
    assertThat(text(channel)).isEqualTo(NEW);
    channel.write(UTF_8.encode("N"), 0);
    assertThat(atTheName()).isEqualTo("New");
    channel.position(1).write(UTF_8.encode("E"));
    channel.truncate(2);
    assertThat(atTheName()).isEqualTo("NE");
  }

  @ParameterizedTest
  @EnumSource(names = "SED", mode = EnumSource.Mode.EXCLUDE) // in tmp: its file stays the same
  void aPositionBehindTheEndOfTheNewFileMovesToItsEnd(Way way) throws IOException {
    assertThat(file.channel().position()).isEqualTo(OLD.length());

    way.of(file);

    assertThat(file.channel().position()).isEqualTo(NEW.length());
    file.channel().write(UTF_8.encode("+"));
    assertThat(atTheName()).isEqualTo(NEW + "+");
  }

  @ParameterizedTest
  @EnumSource
  void aPositionInTheNewFileStays(Way way) throws IOException {
    file.channel().position(1);

    way.of(file);

    assertThat(file.channel().position()).isEqualTo(1);
    out.write('E');
    assertThat(atTheName()).isEqualTo("nEw");
  }

  @ParameterizedTest
  @EnumSource
  void streamsAndWritersMadeEarlierFollow(Way way) throws IOException {
    assertThat(in.read()).isEqualTo('t');
    file.channel().position(0);

    way.of(file);

    assertThat(in.read()).isEqualTo('e');
    assertThat(in.available()).isEqualTo(1);
    out.write('N');
    writer.write("E");
    file.newOutputStream(StandardOpenOption.APPEND).write('!');
    assertThat(atTheName()).isEqualTo("NEw!");
    assertThat(text(in)).isEqualTo("w!");
  }

  @ParameterizedTest
  @MethodSource("waysAndTargets")
  void persistDeliversTheFileAtTheName(Way way, Place to) throws IOException {
    way.of(file);
    try (Place.Opened other = to.open()) {
      Path directory = to == place ? opened.directory() : other.directory();
      Path target = directory.resolve("target");

      file.persist(target);

      assertThat(target).hasContent(NEW);
      assertThat(file.path()).doesNotExist();
      assertThat(directory).isDirectoryNotContaining(path -> !path.equals(target));
    }
  }

  static Stream<Arguments> waysAndTargets() {
    return Stream.of(Way.values())
        .flatMap(
            way ->
                Stream.of(Place.TMP, Place.DISK, Place.ANOTHER_DEVICE, Place.JIMFS)
                    .map(to -> Arguments.of(way, to)));
  }

  @ParameterizedTest
  @EnumSource
  void theFileAtTheNameIsKept(Way way) throws IOException {
    assumeTrue(!place.isTmp(), "nothing in tmp: lasts");
    way.of(file);

    Path kept = file.keep();
    file.close();

    assertThat(kept).hasContent(NEW);
  }

  @ParameterizedTest
  @EnumSource
  void theFileAtTheNameGoesWithTheOwner(Way way) throws IOException {
    way.of(file);

    file.close();

    assertThat(opened.directory()).isEmptyDirectory();
  }

  @Test
  void anArchiveThatZipfsWritesAnewIsTheFile() throws IOException {
    file.setSize(0);
    Files.write(
        file.path(),
        new byte[] {
          'P', 'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        }); // an archive without entries
    try (FileSystem zip = FileSystems.newFileSystem(file.path(), Map.of())) {
      Files.writeString(zip.getPath("/entry"), "text of the entry");
    }

    byte[] archive = Files.readAllBytes(file.path());
    assertThat(archive).hasSizeGreaterThan(100);
    assertThat(file.size()).isEqualTo(archive.length);
    assertThat(file.newInputStream().readAllBytes()).isEqualTo(archive);
    assertThat(file.channel().size()).isEqualTo(archive.length);
    Path target = opened.directory().resolve("target.zip");
    file.persist(target);
    assertThat(target).hasBinaryContent(archive);
  }

  @Test
  void aTransferFromTheFileToItselfEndsWhereTheFileEndedAtFirst() throws IOException {
    try (TempFile unnamed =
        TempFile.createUnnamed(TempOptions.defaults().directory(opened.directory()))) {
      unnamed.channel().write(UTF_8.encode(OLD));
      for (FileChannel channel : List.of(file.channel(), unnamed.channel())) {
        channel.position(4);

        assertThat(channel.transferFrom(channel, OLD.length(), 1000)).isEqualTo(OLD.length() - 4);

        assertThat(channel.size()).isEqualTo(2 * OLD.length() - 4);
        channel.position(channel.size() + 1);
        assertThat(channel.transferFrom(channel, 0, 1000)).isZero();
      }
    }
    assertThat(file.path()).hasContent(OLD + OLD.substring(4));
  }

  @Test
  void aTransferToTheNameEndsWhereTheFileEndedAtFirst() throws IOException {
    assumeTrue(file.path().toUri().getScheme().equals("tmp"), "the channel is another provider's");
    file.channel().position(4);
    try (FileChannel target = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
      assertThat(target.transferFrom(file.channel(), OLD.length(), 1000))
          .isEqualTo(OLD.length() - 4);
    }
    assertThat(file.path()).hasContent(OLD + OLD.substring(4));
  }

  @Test
  void aChannelOpenedAgainStaysWithItsFile() throws IOException {
    try (FileChannel again = file.reopen(StandardOpenOption.READ)) {
      Way.MOVE.of(file);

      assertThat(text(again)).isEqualTo(OLD);
    }
  }

  @Test
  void aLockStaysWithItsFile() throws IOException {
    var lock = file.channel().lock();
    Way.MOVE.of(file);
    assertThat(file.size()).isEqualTo(NEW.length());

    assertThat(lock.channel()).isSameAs(file.channel());
    lock.release();
    assertThat(lock.isValid()).isFalse();
    file.channel().lock().release();
  }

  /** Makes the name lead to no file of ours. */
  private interface Loss {
    void of(Path path) throws IOException;
  }

  /** The ways in which a name is lost. */
  enum Lost implements Loss {
    DELETED("deleted or moved") {
      @Override
      public void of(Path path) throws IOException {
        Files.delete(path);
      }
    },
    MOVED("deleted or moved") {
      @Override
      public void of(Path path) throws IOException {
        Files.move(path, path.resolveSibling("elsewhere"));
      }
    },
    A_LINK("a symbolic link") {
      @Override
      public void of(Path path) throws IOException {
        Path other = Files.writeString(path.resolveSibling("secret"), "secret");
        Files.delete(path);
        Files.createSymbolicLink(path, other);
      }
    },
    A_LINK_TO_ITS_OWN_FILE("a symbolic link") {
      @Override
      public void of(Path path) throws IOException {
        Path moved = Files.move(path, path.resolveSibling("elsewhere"));
        Files.createSymbolicLink(path, moved);
      }
    },
    A_DIRECTORY("a directory or a special file") {
      @Override
      public void of(Path path) throws IOException {
        Files.delete(path);
        Files.createDirectory(path);
      }
    },
    A_PIPE("a directory or a special file") {
      @Override
      public void of(Path path) throws IOException {
        assumeTrue(path.getFileSystem() == FileSystems.getDefault(), "only the host has pipes");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "no mkfifo");
        Files.delete(path);
        sh("mkfifo \"$1\"", path);
      }
    };

    final String reason;

    Lost(String reason) {
      this.reason = reason;
    }
  }

  private void assertGone(String reason) throws IOException {
    Path target = opened.directory().resolve("target");
    List<ThrowingCallable> calls =
        new ArrayList<>(
            List.of(
                file::size,
                file::newInputStream,
                file::newReader,
                file::reopen,
                () -> file.setSize(0),
                () -> file.setSize(1000),
                file::isRolledOver,
                file::rollOver,
                file::hostPath,
                file::keep,
                file::detachAsInputStream,
                file::detachAsChannel,
                () -> file.newOutputStream(StandardOpenOption.TRUNCATE_EXISTING)));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageContaining(file.path().toString())
          .hasMessageContaining("The name of the temporary file")
          .hasMessageContaining(reason);
    }
    assertThatThrownBy(() -> file.persist(target, StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(PersistException.class)
        .hasCauseInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(reason);
    assertThat(target).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void eachMethodSaysThatTheNameIsGone(Lost lost) throws IOException {
    lost.of(file.path());

    assertGone(lost.reason);
  }

  @ParameterizedTest
  @EnumSource
  void channelAndStreamsKeepTheBytesOfAFileWithoutItsName(Lost lost) throws IOException {
    lost.of(file.path());

    assertThat(text(file.channel())).isEqualTo(OLD);
    assertThat(text(in)).isEqualTo(OLD);
    out.write('!');
    writer.write("?");
    file.newOutputStream(StandardOpenOption.APPEND).write('.');
    assertThat(text(file.channel())).isEqualTo(OLD + "!?.");
    assertThat(in.available()).isEqualTo(3);
    assertThat(text(in)).isEqualTo("!?.");
    assertThat(file.channel().position(1).read(ByteBuffer.allocate(2))).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void allFollowOnceTheNameLeadsToAFileAgain(Lost lost) throws IOException {
    lost.of(file.path());
    assertThat(text(file.channel())).isEqualTo(OLD);

    Files.deleteIfExists(file.path());
    Files.writeString(file.path(), NEW);

    assertThat(file.size()).isEqualTo(NEW.length());
    assertThat(file.channel().position()).isEqualTo(NEW.length());
    assertThat(text(in)).isEqualTo(NEW);
    out.write('!');
    writer.write("?");
    assertThat(atTheName()).isEqualTo(NEW + "!?");
  }

  @Test
  void aFileThatIsMovedBackIsTheSame() throws IOException {
    Path elsewhere = opened.directory().resolve("elsewhere");
    Lost.MOVED.of(file.path());
    assertGone("deleted or moved");

    Files.move(elsewhere, file.path());

    assertThat(file.size()).isEqualTo(OLD.length());
    assertThat(file.channel().position()).isEqualTo(OLD.length());
  }

  @Test
  void whatIsPlantedAtTheNameIsNotChangedByTheChannel() throws IOException {
    Path secret = opened.directory().resolve("secret");
    Lost.A_LINK.of(file.path());

    file.channel().write(UTF_8.encode("planted"), 0);
    out.write('!');
    file.close();

    assertThat(secret).hasContent("secret");
    assertThat(file.path()).doesNotExist();
  }

  @Test
  void aFileOfAnotherUserCountsAsGone() throws IOException {
    assumeHostAndRoot();
    Path other = Way.other(file, NEW);
    sh("chown 12345 \"$1\"", other);
    Files.move(other, file.path(), StandardCopyOption.REPLACE_EXISTING);

    assertGone("a file of ");
    assertThat(text(file.channel())).isEqualTo(OLD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwxrwxr-x", "rwxr-xrwx"})
  void aReplacementWhereOthersCanWriteCountsAsGone(String mode) throws IOException {
    assumeHostAndRoot();
    Files.setPosixFilePermissions(opened.directory(), PosixFilePermissions.fromString(mode));
    assertThat(file.size()).as("not replaced").isEqualTo(OLD.length());
    Way.MOVE.of(file);

    assertGone("a directory that other users can write to");
    assertThat(text(file.channel())).isEqualTo(OLD);
    Files.setPosixFilePermissions(opened.directory(), PosixFilePermissions.fromString("rwx------"));
    assertThat(file.size()).isEqualTo(NEW.length());
  }

  @Test
  void aReplacementInADirectoryOfAnotherUserCountsAsGone() throws IOException {
    assumeHostAndRoot();
    sh("chown 12345 \"$1\"", opened.directory());
    Way.MOVE.of(file);

    assertGone("a directory that other users can write to");
    sh("chown 0 \"$1\"", opened.directory());
  }

  @Test
  void underTheStickyBitAFileOfOursIsFollowed() throws IOException {
    assumeHostAndRoot();
    sh("chmod 1777 \"$1\"", opened.directory());
    Way.MOVE.of(file);

    assertThat(file.size()).isEqualTo(NEW.length());
    assertThat(text(file.channel())).isEqualTo(NEW);
  }

  @Test
  void underTheStickyBitAFileWithASecondNameCountsAsGone() throws IOException {
    assumeHostAndRoot();
    sh("chmod 1777 \"$1\"", opened.directory());
    Path ours = Files.writeString(opened.directory().resolve("ours"), "secret");
    Files.delete(file.path());
    Files.createLink(file.path(), ours);

    assertGone("a directory that other users can write to");
  }

  @Test
  void underTheStickyBitTheOwnerOfTheDirectoryIsNotTrusted() throws IOException {
    assumeHostAndRoot();
    sh("chmod 1777 \"$1\" && chown 12345 \"$1\"", opened.directory());
    Way.MOVE.of(file);

    assertGone("a directory that other users can write to");
    sh("chown 0 \"$1\"", opened.directory());
  }

  private void assumeHostAndRoot() throws IOException {
    assumeTrue(place == Place.DISK && File.separatorChar == '/', "files of the host alone");
    Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    assumeTrue(user.equals(0), "not root");
  }
}
