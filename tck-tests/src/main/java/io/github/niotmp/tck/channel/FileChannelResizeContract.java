package io.github.niotmp.tck.channel;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
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
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.List;

/**
 * The contract of {@link FileChannel} for appending and truncating.
 *
 * @see FileChannel#truncate
 * @see FileChannel#size
 * @see java.nio.file.StandardOpenOption#APPEND
 * @see java.nio.file.StandardOpenOption#TRUNCATE_EXISTING
 */
@Needs(Feature.FILE_CHANNELS)
public class FileChannelResizeContract extends ChannelContract {
  private static final int THREADS = 4;
  private static final int RECORDS = 200;
  private static final String OPEN = "open(Path,Set,FileAttribute...)";
  private static final String CONSISTENT =
      "The view of a file provided by an instance of this class is guaranteed to be consistent with"
          + " other views of the same file provided by other instances in the same program.";
  private static final String APPENDS =
      "each invocation of the channel's write method first advances the position to the end of the"
          + " file and then writes the requested data.";

  @ContractTest
  @Required(by = FileChannel.class, member = OPEN, sentence = APPENDS)
  @Required(
      by = FileChannel.class,
      member = "write(ByteBuffer)",
      sentence = "then the file position is updated with the number of bytes actually written.")
  void appendingWritesGoToTheEndWhereverThePositionIs() throws IOException {
    needsAppend();
    fileOf("abc");
    try (FileChannel channel = open(APPEND)) {
      channel.position(1);
      channel.write(bytes("def"));
      assertThat(channel.position()).isEqualTo(6);
      channel.position(0);
      channel.write(new ByteBuffer[] {bytes("g"), bytes("h")});
      assertThat(channel.position()).isEqualTo(8);
    }
    assertThat(contentOf(file())).isEqualTo("abcdefgh");
  }

  @ContractTest
  @AsOnLinux
  void aPositionalWriteOfAnAppendingChannelGoesToTheEnd() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(APPEND)) {
      assertThat(channel.write(bytes("def"), 0)).isEqualTo(3);
    }
    assertThat(contentOf(file())).isEqualTo("abcdef");
  }

  @ContractTest
  @AsOnLinux
  void thePositionOfAnAppendingChannelStartsAtTheEnd() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(CREATE, APPEND)) {
      assertThat(channel.position()).isEqualTo(3);
    }
  }

  @ContractTest
  @Required(by = FileChannel.class, member = OPEN, sentence = APPENDS)
  @Required(by = FileChannel.class, sentence = CONSISTENT)
  void twoAppendersNeverOverwriteEachOther() throws IOException {
    needsAppend();
    fileOf("");
    try (FileChannel one = open(APPEND);
        FileChannel other = open(APPEND)) {
      for (int i = 0; i < 10; i++) {
        one.write(bytes("a" + i));
        other.write(bytes("b" + i));
      }
    }
    assertThat(contentOf(file())).isEqualTo("a0b0a1b1a2b2a3b3a4b4a5b5a6b6a7b7a8b8a9b9");
  }

  @ContractTest
  @Required(by = FileChannel.class, member = OPEN, sentence = APPENDS)
  @Required(by = FileChannel.class, sentence = CONSISTENT)
  void anAppenderFollowsATruncation() throws IOException {
    needsAppend();
    fileOf("abcdef");
    try (FileChannel appender = open(APPEND);
        FileChannel other = open(WRITE)) {
      other.truncate(2);
      appender.write(bytes("X"));
    }
    assertThat(contentOf(file())).isEqualTo("abX");
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      sentence =
          "Only one operation that involves the channel's position or can change its file's size may"
              + " be in progress at any given time")
  void aChannelThatManyThreadsAppendToLosesNothing() throws Exception {
    needsAppend();
    try (FileChannel shared = open(CREATE, APPEND)) {
      InParallel.run(THREADS, thread -> append(thread, shared, shared));
    }
    assertThatNoRecordIsLost();
  }

  /** The Javadoc calls it system-dependent whether an append is atomic. */
  @ContractTest
  @AsOnLinux
  void appendersInManyThreadsLoseNothing() throws Exception {
    try (FileChannel shared = open(CREATE, APPEND)) {
      InParallel.run(
          THREADS,
          thread -> {
            try (FileChannel own = open(APPEND)) {
              append(thread, own, shared);
            }
          });
    }
    assertThatNoRecordIsLost();
  }

  private static void append(int thread, FileChannel even, FileChannel odd) throws IOException {
    for (int i = 0; i < RECORDS; i++) {
      (i % 2 == 0 ? even : odd).write(bytes(String.format("%d-%05d;", thread, i)));
    }
  }

  private void assertThatNoRecordIsLost() throws IOException {
    String[] found = contentOf(file()).split(";", -1);
    assertThat(found).hasSize(THREADS * RECORDS + 1).doesNotHaveDuplicates().endsWith("");
    assertThat(List.of(found).subList(0, THREADS * RECORDS))
        .allMatch(record -> record.matches("[0-3]-[0-9]{5}"));
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = "truncate(long)",
      sentence =
          "If the given size is less than the file's current size then the file is truncated,"
              + " discarding any bytes beyond the new end of the file.")
  void truncateShrinksTheFile() throws IOException {
    fileOf("abcdef");
    try (FileChannel channel = open(READ, WRITE)) {
      channel.truncate(4);
      assertThat(channel.size()).isEqualTo(4);
      assertThat(readAt(channel, 0, 10)).isEqualTo("abcd");
      channel.truncate(0);
      assertThat(channel.size()).isZero();
    }
    assertThat(Files.size(file())).isZero();
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = "truncate(long)",
      sentence =
          "In either case, if this channel's file position is greater than the given size then it is"
              + " set to that size.")
  void truncateMovesAPositionBeyondTheNewSizeAndNoOther() throws IOException {
    fileOf("abcdef");
    try (FileChannel channel = open(READ, WRITE);
        FileChannel other = open(READ)) {
      channel.position(5);
      other.position(5);
      channel.truncate(3);
      assertThat(channel.position()).isEqualTo(3);
      assertThat(other.position()).as("the position of another channel").isEqualTo(5);
      channel.position(1);
      channel.truncate(2);
      assertThat(channel.position()).isEqualTo(1);
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = "truncate(long)",
      sentence =
          "If the given size is greater than or equal to the file's current size then the file is"
              + " not modified. In either case, if this channel's file position is greater than the"
              + " given size then it is set to that size.")
  void truncateToALargerSizeChangesNoByteButMovesThePosition() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE)) {
      channel.truncate(3);
      channel.truncate(10);
      assertThat(channel.size()).isEqualTo(3);
      channel.position(20);
      channel.truncate(10);
      assertThat(channel.position()).isEqualTo(10);
      assertThat(channel.size()).isEqualTo(3);
    }
    assertThat(contentOf(file())).isEqualTo("abc");
  }

  /** A file that is truncated, and then written to at its former end. */
  record Truncation(int size, int left) {
    @Override
    public String toString() {
      return "from " + size + " to " + left;
    }
  }

  static List<Truncation> truncations() {
    return List.of(6, 1_000, 100_000).stream()
        .flatMap(
            size ->
                List.of(2, size / 2 + 1, size - 1).stream().map(left -> new Truncation(size, left)))
        .toList();
  }

  @ContractTest(rows = "truncations")
  @AsOnLinux
  void whatWasTruncatedReadsAsZerosWhenTheFileGrowsAgain(Truncation truncation) throws IOException {
    int size = truncation.size();
    int left = truncation.left();
    fileOf("x".repeat(size));
    try (FileChannel channel = open(READ, WRITE)) {
      channel.truncate(left);
      channel.write(bytes("end"), size);
      assertThatSame(
          readAt(channel, 0, size + 3), "x".repeat(left) + "\0".repeat(size - left) + "end");
    }
  }

  @ContractTest(rows = "truncations")
  @Required(
      by = FileChannel.class,
      member = "truncate(long)",
      sentence = "discarding any bytes beyond the new end of the file.")
  void aFileGrowsAgainAfterATruncation(Truncation truncation) throws IOException {
    int size = truncation.size();
    int left = truncation.left();
    fileOf("x".repeat(size));
    try (FileChannel channel = open(READ, WRITE)) {
      channel.truncate(left);
      channel.write(bytes("end"), size);
      assertThat(channel.size()).isEqualTo(size + 3);
      assertThatSame(readAt(channel, 0, left), "x".repeat(left));
      assertThat(readAt(channel, size, 10)).isEqualTo("end");
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = "truncate(long)",
      sentence =
          "if this channel's file position is greater than the given size then it is set to that"
              + " size.")
  void aRelativeWriteAfterATruncationStartsAtTheNewEnd() throws IOException {
    try (FileChannel channel = open()) {
      channel.write(bytes("abcdef"));
      channel.truncate(2);
      channel.write(bytes("Z"));
    }
    assertThat(contentOf(file())).isEqualTo("abZ");
  }

  @ContractTest
  @Required(by = FileChannel.class, sentence = CONSISTENT)
  @Required(
      by = FileChannel.class,
      member = OPEN,
      sentence =
          "If this option is present then the existing file is truncated to a size of 0 bytes.")
  void openChannelsSeeThatTruncateExistingEmptiesTheFile() throws IOException {
    fileOf("abcdef");
    try (FileChannel channel = open(READ)) {
      channel.position(3);
      open(WRITE, TRUNCATE_EXISTING).close();
      assertThat(channel.size()).isZero();
      assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = OPEN,
      sentence = "This option is ignored when the file is opened only for reading.")
  void truncateExistingDoesNothingWithoutWrite() throws IOException {
    fileOf("abc");
    open(READ, TRUNCATE_EXISTING).close();
    assertThat(contentOf(file())).isEqualTo("abc");
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      sentence =
          "The size of the file increases when bytes are written beyond its current size; the size"
              + " of the file decreases when it is truncated.")
  void theSizeIsThatAfterEachWriteAndTruncation() throws IOException {
    try (FileChannel channel = open()) {
      for (int size = 0; size < 300; size++) {
        assertThat(channel.size()).isEqualTo(size);
        channel.write(bytes("y"));
      }
      for (int size = 300; size > 0; size--) {
        channel.truncate(size);
        assertThat(channel.size()).isEqualTo(size);
      }
    }
  }
}
