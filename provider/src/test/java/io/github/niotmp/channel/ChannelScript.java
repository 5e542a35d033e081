package io.github.niotmp.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Does the same random operations on two channels, of any providers, and compares whatever can be
 * seen: results, exceptions, buffers, positions and sizes.
 */
final class ChannelScript {
  private static final int LIMIT = 300;
  private static final int LARGE = 10_000;

  private final Random random;
  private final FileChannel actual;
  private final FileChannel expected;
  private final List<Locks> locks = new ArrayList<>();
  private final StringBuilder log = new StringBuilder();

  ChannelScript(long seed, FileChannel actual, FileChannel expected) {
    this.random = new Random(seed);
    this.actual = actual;
    this.expected = expected;
  }

  /** Does {@code steps} operations. */
  void run(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
      both("position", FileChannel::position);
      both("size", FileChannel::size);
    }
  }

  private void step() {
    long at = number(LARGE);
    long count = number(Long.MAX_VALUE);
    boolean metaData = random.nextBoolean();
    switch (random.nextInt(15)) {
      case 0 -> withBuffers("read", (c, b) -> c.read(b[0]));
      case 1 -> withBuffers("read at " + at, (c, b) -> c.read(b[0], at));
      case 2 -> withBuffers("scatter", FileChannel::read);
      case 3 -> withBuffers("scatter some", (c, b) -> c.read(b, 1, 2));
      case 4 -> withBuffers("write", (c, b) -> c.write(b[0]));
      case 5 -> withBuffers("write at " + at, (c, b) -> c.write(b[0], at));
      case 6 -> withBuffers("gather", FileChannel::write);
      case 7 -> withBuffers("gather some", (c, b) -> c.write(b, 1, 2));
      case 8 -> both("position " + at, c -> c.position(at) == c);
      case 9 -> both("truncate " + at, c -> c.truncate(at) == c);
      case 10 -> both("transfer to " + at + " " + count, c -> transferTo(c, at, count));
      case 11 -> transferFrom(at, count);
      case 12 -> lock(at, 1 + random.nextInt(LIMIT), random.nextBoolean());
      case 13 -> unlock();
      default ->
          both(
              "force",
              c -> {
                c.force(metaData);
                return "done";
              });
    }
  }

  /** Mostly small, seldom negative or large. */
  private long number(long large) {
    int kind = random.nextInt(40);
    return kind == 0 ? -1 : kind == 1 ? large : random.nextInt(LIMIT);
  }

  private static List<Object> transferTo(FileChannel channel, long at, long count)
      throws Exception {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    long n = channel.transferTo(at, count, Channels.newChannel(target));
    return List.of(n, Arrays.toString(target.toByteArray()));
  }

  private void transferFrom(long at, long count) {
    byte[] source = new byte[random.nextInt(LIMIT)];
    random.nextBytes(source);
    both(
        "transfer " + source.length + " bytes to " + at + " " + count,
        c -> c.transferFrom(Channels.newChannel(new ByteArrayInputStream(source)), at, count));
  }

  private void lock(long at, long size, boolean shared) {
    FileLock[] pair = new FileLock[2];
    both(
        "lock " + at + " " + size + " " + shared,
        c -> {
          FileLock lock = c.tryLock(at, size, shared);
          pair[c == actual ? 0 : 1] = lock;
          return List.of(lock.position(), lock.size(), lock.isShared(), lock.isValid());
        });
    if (pair[0] != null && pair[1] != null) {
      locks.add(new Locks(pair[0], pair[1]));
    }
  }

  private void unlock() {
    if (locks.isEmpty()) {
      return;
    }
    Locks pair = locks.remove(random.nextInt(locks.size()));
    both(
        "unlock",
        c -> {
          FileLock lock = c == actual ? pair.actual : pair.expected;
          lock.release();
          return lock.isValid();
        });
  }

  private interface Operation {
    @Nullable Object on(FileChannel channel) throws Exception;
  }

  private interface BufferOperation {
    Object on(FileChannel channel, ByteBuffer[] buffers) throws Exception;
  }

  private record Locks(FileLock actual, FileLock expected) {}

  private void both(String name, Operation operation) {
    log.append(name).append('\n');
    Object found = outcome(actual, operation);
    Object wanted = outcome(expected, operation);
    assertThat(found).as("%s", log).isEqualTo(wanted);
  }

  private void withBuffers(String name, BufferOperation operation) {
    ByteBuffer[] some = new ByteBuffer[3];
    for (int i = 0; i < some.length; i++) {
      byte[] content = new byte[random.nextInt(100)];
      random.nextBytes(content);
      int from = random.nextInt(content.length + 1);
      some[i] = ByteBuffer.wrap(content).position(from);
      some[i].limit(from + random.nextInt(content.length - from + 1));
      if (random.nextInt(20) == 0) {
        some[i] = some[i].asReadOnlyBuffer();
      }
    }
    boolean direct = random.nextBoolean();
    both(
        name,
        c -> {
          ByteBuffer[] buffers = new ByteBuffer[some.length];
          Arrays.setAll(buffers, i -> copy(some[i], direct));
          List<Object> seen = new ArrayList<>();
          seen.add(String.valueOf(outcome(c, same -> operation.on(same, buffers))));
          for (ByteBuffer buffer : buffers) {
            seen.add(buffer.position() + " " + buffer.limit());
            seen.add(buffer.duplicate().clear());
          }
          return seen;
        });
  }

  private static ByteBuffer copy(ByteBuffer source, boolean direct) {
    ByteBuffer copy =
        direct
            ? ByteBuffer.allocateDirect(source.capacity())
            : ByteBuffer.allocate(source.capacity());
    copy.put(source.duplicate().clear()).position(source.position()).limit(source.limit());
    return source.isReadOnly() ? copy.asReadOnlyBuffer() : copy;
  }

  private static @Nullable Object outcome(FileChannel channel, Operation operation) {
    try {
      return operation.on(channel);
    } catch (Exception e) {
      return e.getClass();
    }
  }
}
