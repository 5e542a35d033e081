package io.github.niotmp.tck.forked;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Writes one big file beside many small ones, reads all back, and counts descriptors on the way.
 */
final class BigAmongMany {
  private static final int BLOCK = 1 << 16;
  private static final int SMALL = 1024;

  private BigAmongMany() {}

  /**
   * Takes the directory to spill to, the bytes of the big file, the number of small ones, and the
   * spool threshold.
   */
  public static void main(String[] arguments) throws IOException {
    long size = Long.parseLong(arguments[1]);
    int count = Integer.parseInt(arguments[2]);
    long descriptors;
    try (FileSystem tmp =
        FileSystems.newFileSystem(
            URI.create("tmp://forked"),
            Map.of("directory", arguments[0], "spoolThreshold", arguments[3]))) {
      Path big = tmp.getPath("/big");
      try (FileChannel channel =
          FileChannel.open(big, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        for (long at = 0; at < size; at += BLOCK) {
          write(channel, block(at));
        }
      }
      for (int i = 0; i < count; i++) {
        Path directory = tmp.getPath("/" + i / 1000);
        if (i % 1000 == 0) {
          Files.createDirectory(directory);
        }
        Files.write(directory.resolve("small" + i), small(i));
      }
      descriptors = descriptors();
      readBack(big, size);
      for (int i = 0; i < count; i++) {
        require(
            Arrays.equals(Files.readAllBytes(tmp.getPath("/" + i / 1000, "small" + i)), small(i)),
            "small file " + i);
      }
      descriptors = Math.max(descriptors, descriptors());
    }
    System.out.println("descriptors " + descriptors);
  }

  private static void readBack(Path big, long size) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BLOCK);
    try (FileChannel channel = FileChannel.open(big, StandardOpenOption.READ)) {
      require(channel.size() == size, "size of the big file");
      for (long at = 0; at < size; at += BLOCK) {
        buffer.clear();
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
          // a read may be short
        }
        require(buffer.flip().equals(block(at)), "block at " + at);
      }
    }
  }

  private static void write(FileChannel channel, ByteBuffer source) throws IOException {
    while (source.hasRemaining()) {
      channel.write(source);
    }
  }

  private static ByteBuffer block(long at) {
    byte[] bytes = new byte[BLOCK];
    Arrays.fill(bytes, (byte) (at / BLOCK));
    return ByteBuffer.wrap(bytes).putLong(0, at);
  }

  private static byte[] small(int i) {
    byte[] bytes = new byte[SMALL];
    new Random(i).nextBytes(bytes);
    return bytes;
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException("not as written: " + what);
    }
  }
}
