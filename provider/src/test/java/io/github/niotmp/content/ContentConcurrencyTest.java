package io.github.niotmp.content;

import static io.github.niotmp.content.Anybody.ANYBODY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.usage.Usage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Threads that take memory from each other's files, with the bytes each file should have beside it.
 */
@Timeout(300)
class ContentConcurrencyTest {
  private static final int THREADS = 4;
  private static final int FILES = 30;

  /** Its count grows with the property {@code niotmp.content.steps}. */
  private static final int STEPS = Integer.getInteger("niotmp.content.steps", 3_000) / 3;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "0, 100000, 9223372036854775807",
    "50000, 20000, 9223372036854775807",
    "50000, 1000000, 1000000",
    "9223372036854775807, 200000, 9223372036854775807",
    "9223372036854775807, 1000000, 1000000",
  })
  void eachFileHoldsItsWritesAndTheStoreEndsEmpty(long threshold, long budget, long maxSize)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (ContentStore store =
        new ContentStore(
            new ContentSettings(threshold, budget, maxSize, Long.MAX_VALUE),
            new SpillDirectory(directory, null),
            new FileSystemEvents("test"))) {
      List<Twin> twins = IntStream.range(0, FILES).mapToObj(i -> new Twin(store)).toList();
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(i);
        tasks.add(
            () -> {
              for (int step = 0; step < STEPS; step++) {
                twins.get(random.nextInt(FILES)).step(random);
                assertThat(store.usage().memoryBytes()).isLessThanOrEqualTo(budget);
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
      for (Twin twin : twins) {
        twin.compare();
        twin.file.free();
      }
      assertThat(store.usage())
          .extracting(
              Usage::filesOnDisk,
              Usage::filesPacked,
              Usage::memoryBytes,
              Usage::diskBytes,
              Usage::size)
          .containsOnly(0L);
    } finally {
      threads.shutdownNow();
    }
    assertThat(directory).isEmptyDirectory();
  }

  /** Attributes that other threads change. */
  private static final class Changing implements FileContent.Attributes {
    final AtomicLong modified = new AtomicLong();
    final AtomicInteger permissions = new AtomicInteger(0600);

    @Override
    public long modifiedTime() {
      return modified.get();
    }

    @Override
    public int permissions() {
      return permissions.get();
    }
  }

  @Test
  void attributesThatAreSetBesideAFirstHostPathAreShown() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (ContentStore store =
        new ContentStore(
            new ContentSettings(100, 100_000, Long.MAX_VALUE, Long.MAX_VALUE),
            new SpillDirectory(directory, null),
            new FileSystemEvents("test"))) {
      for (int round = 0; round < 200; round++) {
        FileContent file = store.newFile();
        file.write(ByteBuffer.allocate(round), 0, ANYBODY);
        Changing attributes = new Changing();
        CyclicBarrier together = new CyclicBarrier(3);
        Future<Path> path =
            threads.submit(
                () -> {
                  together.await();
                  return file.hostPath("", attributes, () -> "/f");
                });
        List<Future<Void>> settings =
            List.of(
                threads.submit(
                    () -> {
                      together.await();
                      attributes.modified.set(1_000_000_000);
                      file.showModified(attributes);
                      return null;
                    }),
                threads.submit(
                    () -> {
                      together.await();
                      attributes.permissions.set(0640);
                      file.showPermissions(attributes);
                      return null;
                    }));
        for (Future<Void> set : settings) {
          set.get();
        }

        assertThat(Files.getLastModifiedTime(path.get())).isEqualTo(FileTime.fromMillis(1_000));
        assertThat((int) Files.getAttribute(path.get(), "unix:mode") & 0777).isEqualTo(0640);
        file.free();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** A file, and an array of what it should hold. */
  private static final class Twin {
    private final ContentStore store;
    private final ReentrantLock lock = new ReentrantLock();
    private FileContent file;
    private byte[] expected = new byte[0];

    Twin(ContentStore store) {
      this.store = store;
      this.file = store.newFile();
    }

    void step(Random random) throws IOException {
      lock.lock();
      try {
        switch (random.nextInt(10)) {
          case 0 -> truncate(random.nextInt(expected.length + 1));
          case 1 -> file.flush();
          case 2 -> replace();
          case 3 -> map(random);
          case 4, 5 -> compare();
          default -> write(random);
        }
        if (expected.length > 300_000) {
          truncate(10);
        }
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("maxSize");
      } finally {
        lock.unlock();
      }
    }

    void compare() throws IOException {
      ByteBuffer target = ByteBuffer.allocate(expected.length + 10);
      int count = file.read(target, 0);
      assertThat(count).isEqualTo(expected.length == 0 ? -1 : expected.length);
      assertThat(Arrays.copyOf(target.array(), expected.length)).isEqualTo(expected);
    }

    private void write(Random random) throws IOException {
      boolean gap = random.nextInt(10) == 0;
      int position = random.nextInt(expected.length + 1) + (gap ? random.nextInt(50_000) : 0);
      byte[] bytes = new byte[1 + random.nextInt(random.nextInt(3) == 0 ? 80_000 : 3_000)];
      random.nextBytes(bytes);
      file.write(ByteBuffer.wrap(bytes), position, ANYBODY);
      expected = Arrays.copyOf(expected, Math.max(expected.length, position + bytes.length));
      System.arraycopy(bytes, 0, expected, position, bytes.length);
    }

    private void truncate(int size) throws IOException {
      file.truncate(size, ANYBODY);
      expected = Arrays.copyOf(expected, Math.min(size, expected.length));
    }

    private void replace() throws IOException {
      file.free();
      file = store.newFile();
      expected = new byte[0];
    }

    private void map(Random random) throws IOException {
      if (random.nextInt(20) == 0) {
        int length = expected.length + 1;
        file.map(Mapping.buffer(MapMode.READ_WRITE, 0, length), true, ANYBODY)
            .put(length - 1, (byte) 5);
        expected = Arrays.copyOf(expected, length);
        expected[length - 1] = 5;
      }
    }
  }
}
