package io.github.niotmp.tck.spool;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Eight threads write and read one file, each with a channel and a part of its own, and are
 * interrupted at any moment. An interrupt closes the channel of the thread it was meant for, no
 * other, and loses no byte.
 *
 * <p>{@code -Dniotmp.tck.interrupts=1000000} interrupts as often.
 */
class InterruptsTest {
  private static final long INTERRUPTS = Long.getLong("niotmp.tck.interrupts", 500);
  private static final int LONGEST_PAUSE_NANOS = 50_000;
  private static final int THREADS = 8;
  private static final int PART = 100_000;
  private static final int LARGEST = 5_000;

  @TempDir Path host;

  private static Stream<Map<String, String>> settings() {
    return Stream.of(
        Map.of("spoolThreshold", "0"),
        Map.of("spoolThreshold", "0", "maxDescriptors", "0"),
        Map.of("spoolThreshold", "0", "directory", "jimfs"),
        Map.of("storage", "host"),
        Map.of("storage", "host", "directory", "jimfs"));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void anInterruptClosesOneChannelAndLosesNothing(Map<String, String> settings) throws Exception {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix())) {
      Map<String, Object> all = new HashMap<>(settings);
      all.put("directory", settings.containsKey("directory") ? jimfs.getPath("/work") : host);
      try (FileSystem tmp = TmpFileSystems.open(all)) {
        interruptUsersOf(Files.createFile(tmp.getPath("/file")));
      }
    }
    assertThat(host).isEmptyDirectory();
  }

  private static void interruptUsersOf(Path file) throws Exception {
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    AtomicLong left = new AtomicLong(INTERRUPTS);
    List<User> users = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      User user = new User(file, i, left, random.split());
      users.add(user);
      threads.add(new Thread(user, "user " + i));
    }
    threads.forEach(Thread::start);
    while (left.get() > 0 && threads.stream().allMatch(Thread::isAlive)) {
      threads.get(random.nextInt(THREADS)).interrupt();
      LockSupport.parkNanos(random.nextInt(LONGEST_PAUSE_NANOS));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    byte[] found = Files.readAllBytes(file);
    for (User user : users) {
      assertThat(user.failure).as("seed %d", seed).isNull();
      assertThat(user.difference(found)).as("seed %d", seed).isEqualTo(-1);
    }
  }

  /** Uses its part of the file until there were enough interrupts. */
  private static final class User implements Runnable {
    private final Path file;
    private final int start;
    private final AtomicLong interruptsLeft;
    private final byte[] expected = new byte[PART];
    private final SplittableRandom random;
    private volatile @Nullable Throwable failure;

    User(Path file, int index, AtomicLong interruptsLeft, SplittableRandom random) {
      this.file = file;
      this.start = index * PART;
      this.interruptsLeft = interruptsLeft;
      this.random = random;
    }

    @Override
    public void run() {
      try {
        while (interruptsLeft.get() > 0) {
          useUntilInterrupted();
        }
        Thread.interrupted();
        useOnce();
      } catch (Throwable e) {
        failure = e;
      }
    }

    private void useUntilInterrupted() throws IOException {
      try (FileChannel channel = open()) {
        while (interruptsLeft.get() > 0) {
          use(channel);
        }
      } catch (ClosedByInterruptException e) {
        if (!Thread.interrupted()) {
          throw new AssertionError("closed by an interrupt of another thread", e);
        }
        interruptsLeft.decrementAndGet();
      }
    }

    private void useOnce() throws IOException {
      try (FileChannel channel = open()) {
        use(channel);
      }
    }

    private FileChannel open() throws IOException {
      return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private void use(FileChannel channel) throws IOException {
      int position = random.nextInt(PART - LARGEST);
      byte[] bytes = new byte[1 + random.nextInt(LARGEST)];
      if (random.nextBoolean()) {
        random.nextBytes(bytes);
        write(channel, bytes, position);
      } else {
        ByteBuffer target = ByteBuffer.wrap(bytes);
        while (target.hasRemaining()
            && channel.read(target, start + position + target.position()) >= 0) {
          // a read may be short
        }
        requireEqual(bytes, target.position(), position);
      }
    }

    private void write(FileChannel channel, byte[] bytes, int position) throws IOException {
      ByteBuffer source = ByteBuffer.wrap(bytes);
      try {
        while (source.hasRemaining()) {
          channel.write(source, start + position + source.position());
        }
        System.arraycopy(bytes, 0, expected, position, bytes.length);
      } catch (ClosedByInterruptException e) {
        adoptOldOrNew(bytes, position);
        throw e;
      }
    }

    /** What was not acknowledged may be there or not. */
    private void adoptOldOrNew(byte[] bytes, int position) throws IOException {
      boolean interrupted = Thread.interrupted();
      byte[] found = new byte[bytes.length];
      while (true) {
        try (FileChannel again = open()) {
          ByteBuffer target = ByteBuffer.wrap(found);
          while (target.hasRemaining()
              && again.read(target, start + position + target.position()) >= 0) {
            // a read may be short
          }
          break;
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
      for (int i = 0; i < found.length; i++) {
        if (found[i] != bytes[i] && found[i] != expected[position + i]) {
          throw new AssertionError("neither old nor new at " + (start + position + i));
        }
      }
      System.arraycopy(found, 0, expected, position, found.length);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    private void requireEqual(byte[] found, int count, int position) {
      int difference = Arrays.mismatch(found, 0, count, expected, position, position + count);
      if (difference >= 0) {
        throw new AssertionError("changed at " + (start + position + difference));
      }
    }

    /** Returns where this part of the whole file differs; what nobody wrote may be missing. */
    int difference(byte[] all) {
      byte[] found = Arrays.copyOfRange(all, Math.min(start, all.length), start + PART);
      return Arrays.mismatch(found, expected);
    }
  }
}
