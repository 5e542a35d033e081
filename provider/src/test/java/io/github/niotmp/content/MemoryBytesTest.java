package io.github.niotmp.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much memory a file takes, and what of it shows. */
class MemoryBytesTest {
  private static final int CHUNK = ChunkPool.CHUNK;

  private final ContentStore store;
  private final MemoryBytes bytes;

  MemoryBytesTest(@TempDir Path directory) {
    store =
        new ContentStore(
            new ContentSettings(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE),
            new SpillDirectory(directory, null),
            new FileSystemEvents("test"));
    bytes = new MemoryBytes(store);
  }

  @AfterEach
  void closeStore() throws IOException {
    assertThat(store.usage().memoryBytes()).isEqualTo(bytes.held());
    bytes.free();
    assertThat(store.usage().memoryBytes()).isZero();
    store.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, CHUNK - 1, CHUNK})
  void aSmallFileTakesItsSizeEvenAfterAnOverwrite(int size) throws IOException {
    write(0, size);
    write(size / 2, size - size / 2);

    assertThat(bytes.held()).isEqualTo(size);
  }

  @Test
  void aSmallFileThatGrowsTakesUpToAsMuchAgainInAdvance() throws IOException {
    write(0, 1000);
    write(1000, 1);

    assertThat(bytes.held()).isBetween(1900L, 2000L);
  }

  @ParameterizedTest
  @CsvSource({
    "32768, 1",
    "65535, 1",
    "65536, 1",
    "100000, 1",
    "65535, 2",
    "65536, 32768",
    "65536, 32769",
  })
  void aHoleTakesNoMemory(long position, int length) throws IOException {
    write(position, length);

    long chunks = (position + length - 1) / CHUNK - position / CHUNK + 1;
    assertThat(bytes.held()).isEqualTo(chunks * CHUNK);
  }

  @ParameterizedTest
  @CsvSource({
    "9, 5",
    "9, 4",
    "1000, 1",
    "32768, 16384",
    "32768, 16383",
    "100000, 32769",
    "200000, 100000",
    "200000, 65536",
    "200000, 32768",
    "200000, 10",
    "200000, 0",
  })
  void truncationFreesChunks(int size, int left) throws IOException {
    write(0, size);

    bytes.truncate(left);

    assertThat(bytes.held()).isBetween((long) left, Math.min(2L * left, left + (long) CHUNK));
    write(left, 3);
    assertThat(read(0)).isEqualTo(ones(left + 3));
  }

  @Test
  void holesAreCutOffToo() throws IOException {
    write(200_000, 1);

    bytes.truncate(100_000);

    assertThat(bytes.held()).isZero();
    assertThat(read(0)).isEqualTo(new byte[100_000]);
  }

  @Test
  void aChunkThatIsCutOffIsTheNextToBeTaken() throws IOException {
    byte[] chunk = store.pool().acquire();
    store.pool().release(chunk);
    write(CHUNK, 1);
    assertThat(store.pool().acquire()).isNotSameAs(chunk);

    bytes.truncate(1);

    assertThat(store.pool().acquire()).isSameAs(chunk);
  }

  @Test
  void theFirstArrayIsTheNextToBeTakenOnceALongerOneReplacesIt() throws IOException {
    store.pool().trim(Long.MAX_VALUE);
    write(0, 5000);
    write(5000, 1);

    assertThat(store.pool().acquire(5000)).as("the old bytes").isEqualTo(ones(5000));
  }

  @Test
  void theFirstArrayIsTheNextToBeTakenOnceTheFileIsEmpty() throws IOException {
    store.pool().trim(Long.MAX_VALUE);
    write(0, 5001);

    bytes.truncate(0);

    assertThat(store.pool().acquire(5001)).as("the old bytes").isEqualTo(ones(5001));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 1000, CHUNK - 1, CHUNK, CHUNK + 1, 99_999, 100_000})
  void aHoleReadsAsZerosFromAnywhere(int from) throws IOException {
    write(0, 3);
    write(100_000, 1);

    byte[] expected = new byte[100_001];
    Arrays.fill(expected, 0, 3, (byte) 1);
    expected[100_000] = 1;
    assertThat(read(from)).isEqualTo(Arrays.copyOfRange(expected, from, expected.length));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 1000, CHUNK, CHUNK + 1, CHUNK + 20, 3 * CHUNK, 5 * CHUNK})
  void aGapReadsAsZerosInReusedChunks(int position) throws IOException {
    MemoryBytes other = new MemoryBytes(store);
    Reserved.reserve(store, other, 0, 5 * CHUNK);
    other.write(ByteBuffer.wrap(ones(5 * CHUNK)), 0);
    other.free(); // its chunks are the next to be taken, and hold what they held
    write(0, 4);
    bytes.truncate(3);
    Reserved.reserve(store, bytes, 0, 3 * CHUNK); // and whoever wanted to write fails

    write(position, 1);

    byte[] expected = new byte[position + 1];
    Arrays.fill(expected, 0, 3, (byte) 1);
    expected[position] = 1;
    assertThat(read(0)).isEqualTo(expected);
  }

  @Test
  void onlyAFileThatIsTooLargeForAPackKeepsThePathOfItsFirstWrite() throws IOException {
    write(0, (int) Evictor.LARGEST_PACKED);
    bytes.rememberPath(new Named("/small"));
    assertThat(bytes.path()).isEmpty();

    write(Evictor.LARGEST_PACKED, 1);
    bytes.rememberPath(new Named("/first"));
    bytes.rememberPath(new Named("/second"));
    assertThat(bytes.path()).isEqualTo("/first");
  }

  private record Named(String path) implements FileContent.Writer {
    @Override
    public void begin() {}

    @Override
    public void changed() {}
  }

  private void write(long position, int length) throws IOException {
    assertThat(Reserved.reserve(store, bytes, position, position + length)).isTrue();
    bytes.write(ByteBuffer.wrap(ones(length)), position);
  }

  private byte[] read(int from) {
    ByteBuffer target = ByteBuffer.allocate((int) bytes.size() - from);
    assertThat(bytes.read(target, from)).isEqualTo(target.capacity());
    return target.array();
  }

  private static byte[] ones(int length) {
    byte[] ones = new byte[length];
    Arrays.fill(ones, (byte) 1);
    return ones;
  }
}
