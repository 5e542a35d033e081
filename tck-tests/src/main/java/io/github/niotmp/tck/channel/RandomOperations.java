package io.github.niotmp.tck.channel;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A random sequence of operations on one file, the same for the same random numbers. The numbers
 * drawn never depend on what an operation returns, so that two sequences stay in step even where
 * they differ.
 */
final class RandomOperations implements Closeable {
  private static final int HANDLES = 4;
  private static final int NEAR = 5_000;
  private static final int FAR = 3 << 20;
  private static final int LARGE = 40_000;

  private final Path file;
  private final Random random;
  private final List<FileChannel> handles = new ArrayList<>();

  RandomOperations(Path file, Random random) throws IOException {
    this.file = file;
    this.random = random;
    Files.createFile(file);
    for (int i = 0; i < HANDLES; i++) {
      handles.add(FileChannel.open(file, options(i)));
    }
  }

  /** One operation, made of the numbers drawn for it. */
  @FunctionalInterface
  private interface Operation {
    Object run() throws IOException;
  }

  /** Does the next operation; returns what it was and what came of it. */
  String next() {
    int handle = random.nextInt(HANDLES);
    int other = random.nextInt(HANDLES);
    long position = random.nextInt(10) == 0 ? random.nextInt(FAR) : random.nextInt(NEAR);
    int length = random.nextInt(8) == 0 ? random.nextInt(LARGE) : random.nextInt(200);
    int split = random.nextInt(length + 1);
    int kind = random.nextInt(17);
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    OpenOption[] options = options(random.nextInt(5));
    boolean direct = random.nextBoolean();
    FileChannel channel = handles.get(handle);
    return switch (kind) {
      case 0, 1 -> name("write", handle, length, () -> channel.write(buffer(bytes, direct)));
      case 2, 3, 4 ->
          name(
              "write at " + position,
              handle,
              length,
              () -> channel.write(buffer(bytes, direct), position));
      case 5 ->
          name(
              "gather",
              handle,
              length,
              () -> {
                ByteBuffer[] parts = {
                  buffer(bytes, direct).limit(split), buffer(bytes, !direct).position(split)
                };
                return channel.write(parts);
              });
      case 6, 7 -> name("read", handle, length, () -> read(channel, length, -1, direct));
      case 8, 9 ->
          name(
              "read at " + position, handle, length, () -> read(channel, length, position, direct));
      case 10 ->
          name(
              "scatter",
              handle,
              length,
              () -> {
                ByteBuffer[] parts = {
                  ByteBuffer.allocate(split), ByteBuffer.allocate(length - split)
                };
                long count = channel.read(parts);
                return count
                    + " "
                    + Arrays.hashCode(parts[0].array())
                    + " "
                    + Arrays.hashCode(parts[1].array());
              });
      case 11 ->
          name("position " + position, handle, 0, () -> channel.position(position).position());
      case 12 -> name("truncate " + position, handle, 0, () -> channel.truncate(position).size());
      case 13 -> name("size", handle, 0, () -> channel.size() + " at " + channel.position());
      case 14 ->
          name(
              "transfer from " + other,
              handle,
              length,
              () -> transfer(handles.get(other), channel, position, length));
      case 15 ->
          name("reopen " + Arrays.toString(options), handle, 0, () -> reopen(handle, options));
      default -> name("content", handle, 0, () -> Arrays.hashCode(Files.readAllBytes(file)));
    };
  }

  private static String name(String what, int handle, int length, Operation operation) {
    String result;
    try {
      result = String.valueOf(operation.run());
    } catch (IOException | RuntimeException e) {
      result = e.getClass().getSimpleName();
    }
    return what + " by " + handle + " of " + length + ": " + result;
  }

  private static String read(FileChannel channel, int length, long position, boolean direct)
      throws IOException {
    ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length);
    int count = position < 0 ? channel.read(buffer) : channel.read(buffer, position);
    return count + " " + buffer.flip().hashCode() + " at " + channel.position();
  }

  /** Moves bytes to a place behind them, where no way of copying can trip over itself. */
  private static String transfer(FileChannel source, FileChannel target, long position, int length)
      throws IOException {
    long count = source.transferTo(position, 0, target);
    target.position(position + length);
    count += source.transferTo(position, length, target);
    return count + " at " + target.position();
  }

  private String reopen(int handle, OpenOption[] options) throws IOException {
    handles.get(handle).close();
    handles.set(handle, FileChannel.open(file, options));
    return "opened";
  }

  private static ByteBuffer buffer(byte[] bytes, boolean direct) {
    return direct
        ? ByteBuffer.allocateDirect(bytes.length).put(bytes).flip()
        : ByteBuffer.wrap(bytes);
  }

  private static OpenOption[] options(int kind) {
    Set<StandardOpenOption> options =
        switch (kind) {
          case 1 -> EnumSet.of(StandardOpenOption.APPEND);
          case 2 -> EnumSet.of(StandardOpenOption.READ);
          case 4 -> EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
          default -> EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
        };
    return options.toArray(new OpenOption[0]);
  }

  @Override
  public void close() throws IOException {
    for (FileChannel handle : handles) {
      handle.close();
    }
  }
}
