package io.github.niotmp.tck.channel;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.ContractTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;

/**
 * The contract of {@link FileChannel} for appending and truncating.
 *
 * @see FileChannel#truncate
 * @see FileChannel#size
 * @see java.nio.file.StandardOpenOption#APPEND
 * @see java.nio.file.StandardOpenOption#TRUNCATE_EXISTING
 */
public class FileChannelResizeContract extends ChannelContract {

  @ContractTest
  void appendingWritesGoToTheEndWhereverThePositionIs() throws IOException {
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
  void aPositionalWriteOfAnAppendingChannelGoesToTheEnd() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(APPEND)) {
      assertThat(channel.write(bytes("def"), 0)).isEqualTo(3);
    }
    assertThat(contentOf(file())).isEqualTo("abcdef");
  }

  @ContractTest
  void thePositionOfAnAppendingChannelStartsAtTheEnd() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(CREATE, APPEND)) {
      assertThat(channel.position()).isEqualTo(3);
    }
  }

  @ContractTest
  void twoAppendersNeverOverwriteEachOther() throws IOException {
    try (FileChannel one = open(CREATE, APPEND);
        FileChannel other = open(APPEND)) {
      for (int i = 0; i < 10; i++) {
        one.write(bytes("a" + i));
        other.write(bytes("b" + i));
      }
    }
    assertThat(contentOf(file())).isEqualTo("a0b0a1b1a2b2a3b3a4b4a5b5a6b6a7b7a8b8a9b9");
  }

  @ContractTest
  void anAppenderFollowsATruncation() throws IOException {
    fileOf("abcdef");
    try (FileChannel appender = open(APPEND);
        FileChannel other = open(WRITE)) {
      other.truncate(2);
      appender.write(bytes("X"));
    }
    assertThat(contentOf(file())).isEqualTo("abX");
  }

  @ContractTest
  void appendersInManyThreadsLoseNothing() throws Exception {
    int threads = 4;
    int records = 200;
    try (FileChannel shared = open(CREATE, APPEND)) {
      InParallel.run(
          threads,
          thread -> {
            try (FileChannel own = open(APPEND)) {
              for (int i = 0; i < records; i++) {
                (i % 2 == 0 ? own : shared).write(bytes(String.format("%d-%05d;", thread, i)));
              }
            }
          });
    }
    String[] found = contentOf(file()).split(";");
    assertThat(found).hasSize(threads * records).doesNotHaveDuplicates();
    assertThat(found).allMatch(record -> record.matches("[0-3]-[0-9]{5}"));
  }

  @ContractTest
  void truncateShrinksTheFile() throws IOException {
    fileOf("abcdef");
    try (FileChannel channel = open(READ, WRITE)) {
      assertThat(channel.truncate(4)).isSameAs(channel);
      assertThat(channel.size()).isEqualTo(4);
      assertThat(readAt(channel, 0, 10)).isEqualTo("abcd");
      channel.truncate(0);
      assertThat(channel.size()).isZero();
    }
    assertThat(Files.size(file())).isZero();
  }

  @ContractTest
  void truncateMovesAPositionBeyondTheNewSizeAndNoOther() throws IOException {
    fileOf("abcdef");
    try (FileChannel channel = open(READ, WRITE);
        FileChannel other = open(READ)) {
      channel.position(5);
      other.position(5);
      channel.truncate(3);
      assertThat(channel.position()).isEqualTo(3);
      assertThat(other.position()).isEqualTo(5);
      channel.position(1);
      channel.truncate(2);
      assertThat(channel.position()).isEqualTo(1);
    }
  }

  @ContractTest
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

  @ContractTest
  void whatWasTruncatedReadsAsZerosWhenTheFileGrowsAgain() throws IOException {
    for (int size : new int[] {6, 1_000, 100_000}) {
      for (int left : new int[] {2, size / 2 + 1, size - 1}) {
        fileOf("x".repeat(size));
        try (FileChannel channel = open(READ, WRITE)) {
          channel.truncate(left);
          channel.write(bytes("end"), size);
          assertThat(readAt(channel, 0, size + 3))
              .isEqualTo("x".repeat(left) + "\0".repeat(size - left) + "end");
        }
      }
    }
  }

  @ContractTest
  void truncateThenRelativeWriteGoesOnAtTheNewEnd() throws IOException {
    try (FileChannel channel = open()) {
      channel.write(bytes("abcdef"));
      channel.truncate(2);
      channel.write(bytes("Z"));
    }
    assertThat(contentOf(file())).isEqualTo("abZ");
  }

  @ContractTest
  void openingWithTruncateExistingIsSeenByOpenChannels() throws IOException {
    fileOf("abcdef");
    try (FileChannel channel = open(READ)) {
      channel.position(3);
      open(WRITE, TRUNCATE_EXISTING).close();
      assertThat(channel.size()).isZero();
      assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @ContractTest
  void truncateExistingDoesNothingWithoutWrite() throws IOException {
    fileOf("abc");
    open(READ, TRUNCATE_EXISTING).close();
    assertThat(contentOf(file())).isEqualTo("abc");
  }

  @ContractTest
  void theSizeInBetweenIsExact() throws IOException {
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
