package io.github.niotmp.tck.forked;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Fills a file system with small, large and mapped files, and waits to be killed. */
final class WriteAndWait {
  private WriteAndWait() {}

  /**
   * Takes the directory to spill to and the number of files; prints a line when all are written.
   */
  public static void main(String[] arguments) throws IOException {
    try (FileSystem tmp =
            FileSystems.newFileSystem(
                URI.create("tmp://forked"),
                Map.of(
                    "directory", arguments[0], "spoolThreshold", "64KiB", "memoryBudget", "1MiB"));
        FileChannel mapped =
            FileChannel.open(
                tmp.getPath("/mapped"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
      mapped.map(FileChannel.MapMode.READ_WRITE, 0, 10_000).put(5, (byte) 1);
      for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
        Files.write(tmp.getPath("/file" + i), new byte[i % 30 == 0 ? 200_000 : 30_000]);
      }
      mapped.write(ByteBuffer.allocate(100));
      System.out.println("written");
      while (System.in.read() >= 0) {
        // the other side never writes; it kills
      }
    }
  }
}
