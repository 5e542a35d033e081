package io.github.niotmp.tck.fuzz;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Some handles on files of a tree, whatever becomes of their names. */
final class FuzzedHandles implements Closeable {
  private static final int HANDLES = 4;
  private static final int NEAR = 5_000;
  private static final int FAR = 2 << 20;
  private static final int LARGE = 40_000;

  private final Path root;
  private final List<@Nullable FileChannel> handles = new ArrayList<>();

  FuzzedHandles(Path root) {
    this.root = root;
    for (int i = 0; i < HANDLES; i++) {
      handles.add(null);
    }
  }

  /** Draws some bytes. */
  static byte[] bytes(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(8) == 0 ? random.nextInt(LARGE) : random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  String step(SplittableRandom random) {
    int kind = random.nextInt(18);
    int handle = random.nextInt(HANDLES);
    int other = random.nextInt(HANDLES);
    long position = random.nextInt(10) == 0 ? random.nextInt(FAR) : random.nextInt(NEAR);
    byte[] bytes = bytes(random);
    Set<StandardOpenOption> options = options(random);
    String path = FuzzedTree.path(random);
    return switch (kind) {
      case 0, 1, 2, 3 ->
          told(
              "open " + path + " " + options,
              handle,
              () -> {
                close(handle);
                return open(handle, root.resolve(path), options);
              });
      case 4, 5 -> told("write", handle, () -> channel(handle).write(ByteBuffer.wrap(bytes)));
      case 6, 7, 8 ->
          told(
              "write at " + position,
              handle,
              () -> channel(handle).write(ByteBuffer.wrap(bytes), position));
      case 9 -> told("read", handle, () -> read(handle, bytes.length, -1));
      case 10 -> told("read at " + position, handle, () -> read(handle, bytes.length, position));
      case 11 ->
          told("truncate " + position, handle, () -> channel(handle).truncate(position).size());
      case 12 ->
          told("size", handle, () -> channel(handle).size() + " " + channel(handle).position());
      case 13 ->
          told("position " + position, handle, () -> channel(handle).position(position).size());
      case 14 ->
          told(
              "transfer to " + other,
              handle,
              () -> channel(handle).transferTo(position, bytes.length, channel(other)));
      case 15 -> told("map " + position, handle, () -> map(handle, position, bytes.length));
      case 16 ->
          told(
              "lock",
              handle,
              () -> {
                channel(handle).lock(position, bytes.length + 1L, false).close();
                return "";
              });
      default ->
          told(
              "close",
              handle,
              () -> {
                close(handle);
                return "";
              });
    };
  }

  private String told(String what, int handle, FuzzedTree.Operation operation) {
    return Outcome.of(root, "handle " + handle + " " + what, operation);
  }

  private Object open(int handle, Path path, Set<StandardOpenOption> options) throws IOException {
    if (Files.isDirectory(path)) {
      return "directory"; // where it is refused is each provider's own
    }
    handles.set(handle, FileChannel.open(path, options));
    return "";
  }

  private FileChannel channel(int handle) throws IOException {
    FileChannel channel = handles.get(handle);
    if (channel == null) {
      throw new ClosedChannelException();
    }
    return channel;
  }

  private Object read(int handle, int length, long position) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(length);
    int count =
        position < 0 ? channel(handle).read(target) : channel(handle).read(target, position);
    return count + " " + Arrays.hashCode(target.array());
  }

  /** Maps what there is: beyond the end even a look is fatal once somebody has truncated. */
  private Object map(int handle, long position, int length) throws IOException {
    long end = Math.min(channel(handle).size(), position + length);
    if (end <= position) {
      return "nothing";
    }
    byte[] mapped = new byte[(int) (end - position)];
    channel(handle).map(MapMode.READ_ONLY, position, mapped.length).get(mapped);
    return Arrays.hashCode(mapped);
  }

  private static Set<StandardOpenOption> options(SplittableRandom random) {
    Set<StandardOpenOption> options = EnumSet.noneOf(StandardOpenOption.class);
    int bits = random.nextInt(64);
    StandardOpenOption[] all = {
      StandardOpenOption.READ,
      StandardOpenOption.WRITE,
      StandardOpenOption.CREATE,
      StandardOpenOption.TRUNCATE_EXISTING,
      StandardOpenOption.APPEND,
      StandardOpenOption.CREATE_NEW
    };
    for (int i = 0; i < all.length; i++) {
      boolean rare = i >= 3;
      if ((bits & 1 << i) != 0 && (!rare || random.nextInt(3) == 0)) {
        options.add(all[i]);
      }
    }
    return options;
  }

  private void close(int handle) throws IOException {
    FileChannel channel = handles.set(handle, null);
    if (channel != null) {
      channel.close();
    }
  }

  @Override
  public void close() throws IOException {
    for (int i = 0; i < HANDLES; i++) {
      close(i);
    }
  }
}
