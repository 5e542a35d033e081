package io.github.niotmp.tck.channel;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * The contract of a file that is open while its names and times change. A handle follows the inode,
 * not the name.
 *
 * @see FileChannel
 * @see Files#delete
 * @see Files#move
 * @see Files#createLink
 * @see Files#getLastModifiedTime
 */
@AsOnLinux
public class OpenFileContract extends ChannelContract {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @ContractTest
  @Needs({Feature.POSIX_OPEN_FILES, Feature.FILE_CHANNELS})
  void aDeletedFileIsUsableUntilTheClose() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE);
        InputStream in = Files.newInputStream(file());
        OutputStream out = Files.newOutputStream(file(), APPEND)) {
      Files.delete(file());
      assertThat(file()).doesNotExist();
      out.write('d');
      channel.write(bytes("X"), 10_000);
      assertThat(channel.size()).isEqualTo(10_001);
      assertThat(readAt(channel, 0, 4)).isEqualTo("abcd");
      channel.truncate(4);
      assertThat(in.readAllBytes()).containsExactly('a', 'b', 'c', 'd');
    }
    assertThat(file()).doesNotExist();
  }

  @ContractTest
  @Needs({Feature.POSIX_OPEN_FILES, Feature.FILE_CHANNELS})
  void aNewFileUnderTheOldNameIsAnother() throws IOException {
    fileOf("old");
    try (FileChannel old = open(READ, WRITE)) {
      Files.delete(file());
      fileOf("new file");
      assertThat(readAt(old, 0, 10)).isEqualTo("old");
      old.write(bytes("OLD"), 0);
      assertThat(contentOf(file())).isEqualTo("new file");
    }
    assertThat(contentOf(file())).isEqualTo("new file");
  }

  @ContractTest
  @Needs({Feature.POSIX_OPEN_FILES, Feature.FILE_CHANNELS})
  void anOpenFileFollowsItsRename() throws IOException {
    fileOf("abc");
    Path moved = Files.createDirectory(root().resolve("directory")).resolve("moved");
    try (FileChannel channel = open(READ, WRITE)) {
      Files.move(file(), moved);
      channel.write(bytes("X"), 3);
      assertThat(contentOf(moved)).isEqualTo("abcX");
    }
    assertThat(file()).doesNotExist();
  }

  @ContractTest
  @Needs({Feature.POSIX_OPEN_FILES, Feature.FILE_CHANNELS})
  void aReplacedFileIsReadableUntilTheClose() throws IOException {
    fileOf("abc");
    Path other = Files.writeString(root().resolve("other"), "other");
    try (FileChannel channel = open(READ, WRITE)) {
      Files.move(other, file(), REPLACE_EXISTING);
      assertThat(readAt(channel, 0, 10)).isEqualTo("abc");
      channel.write(bytes("X"), 0);
      assertThat(contentOf(file())).isEqualTo("other");
    }
  }

  @ContractTest
  @Needs(Feature.HARD_LINKS)
  @Required(
      by = Files.class,
      member = "createLink(Path,Path)",
      sentence =
          "This method creates a new directory entry for the file so that it can be accessed using"
              + " link as the path.")
  void hardLinksShareTheirBytes() throws IOException {
    fileOf("abc");
    Path link = Files.createLink(root().resolve("link"), file());
    Files.writeString(link, "d", APPEND);
    assertThat(contentOf(file())).isEqualTo("abcd");
    Files.delete(file());
    assertThat(contentOf(link)).isEqualTo("abcd");
  }

  @ContractTest
  @Needs({Feature.HARD_LINKS, Feature.FILE_CHANNELS})
  @Required(
      by = FileChannel.class,
      sentence =
          "The view of a file provided by an instance of this class is guaranteed to be consistent"
              + " with other views of the same file provided by other instances in the same"
              + " program.")
  void channelsOfTwoLinksSeeTheSameBytes() throws IOException {
    fileOf("abcd");
    Path link = Files.createLink(root().resolve("link"), file());
    try (FileChannel one = open(READ, WRITE);
        FileChannel other = open(link, READ, WRITE)) {
      one.write(bytes("X"), 0);
      assertThat(readAt(other, 0, 4)).isEqualTo("Xbcd");
      other.truncate(2);
      assertThat(one.size()).isEqualTo(2);
    }
  }

  @ContractTest
  @Needs(Feature.FILE_CHANNELS)
  void aWriteChangesTheModificationTimeAtOnceAndTheCloseDoesNot() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE)) {
      Files.setLastModifiedTime(file(), LONG_AGO);
      assertThat(channel.read(ByteBuffer.allocate(3))).isEqualTo(3);
      assertThat(Files.getLastModifiedTime(file())).isEqualTo(LONG_AGO);
      channel.write(bytes("X"), 0);
      assertThat(Files.getLastModifiedTime(file())).isGreaterThan(LONG_AGO);
      Files.setLastModifiedTime(file(), LONG_AGO);
      channel.truncate(1);
      assertThat(Files.getLastModifiedTime(file())).isGreaterThan(LONG_AGO);
      Files.setLastModifiedTime(file(), LONG_AGO);
    }
    assertThat(Files.getLastModifiedTime(file())).isEqualTo(LONG_AGO);
  }

  @ContractTest
  void aWriteToAStreamChangesTheModificationTimeAtOnce() throws IOException {
    fileOf("abc");
    try (OutputStream out = Files.newOutputStream(file(), APPEND)) {
      Files.setLastModifiedTime(file(), LONG_AGO);
      out.write('d');
      assertThat(Files.getLastModifiedTime(file())).isGreaterThan(LONG_AGO);
      Files.setLastModifiedTime(file(), LONG_AGO);
    }
    assertThat(Files.getLastModifiedTime(file())).isEqualTo(LONG_AGO);
  }

  @ContractTest
  @Needs({Feature.TRUNCATION_SETS_THE_TIME, Feature.FILE_CHANNELS})
  void openingChangesTheModificationTimeOnlyIfItTruncates() throws IOException {
    fileOf("abc");
    Files.setLastModifiedTime(file(), LONG_AGO);
    open(WRITE).close();
    open(APPEND).close();
    assertThat(Files.getLastModifiedTime(file())).isEqualTo(LONG_AGO);
    open(WRITE, TRUNCATE_EXISTING).close();
    assertThat(Files.getLastModifiedTime(file())).isGreaterThan(LONG_AGO);
  }

  @ContractTest
  @Needs({Feature.TRUNCATION_SETS_THE_TIME, Feature.FILE_CHANNELS})
  void openingAnEmptyFileToTruncateItChangesItsModificationTime() throws IOException {
    fileOf("");
    Files.setLastModifiedTime(file(), LONG_AGO);
    open(WRITE, TRUNCATE_EXISTING).close();
    assertThat(Files.getLastModifiedTime(file())).isGreaterThan(LONG_AGO);
  }

  @ContractTest
  void aWriteChangesTheSizeAtOnce() throws IOException {
    try (OutputStream out = Files.newOutputStream(file())) {
      for (int size = 1; size < 50; size++) {
        out.write('x');
        assertThat(Files.size(file())).isEqualTo(size);
      }
    }
  }
}
