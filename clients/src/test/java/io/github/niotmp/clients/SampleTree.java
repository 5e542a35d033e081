package io.github.niotmp.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Trees of files that clients copy, send and serve. */
public final class SampleTree {
  private SampleTree() {}

  /** Returns bytes that no codec shortens, the same each time. */
  public static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  /**
   * Creates a directory with a text, an empty file, a name outside ASCII, and below a directory a
   * file larger than the buffers of most clients.
   */
  public static Path create(Path directory) throws IOException {
    Files.createDirectory(directory);
    Files.writeString(directory.resolve("index.html"), "<p>Grüße</p>\n");
    Files.createFile(directory.resolve("empty"));
    Files.writeString(directory.resolve("zwei Wörter.txt"), "two words\n");
    Path below = Files.createDirectories(directory.resolve("a").resolve("b"));
    Files.write(below.resolve("large.bin"), bytes(300_000));
    return directory;
  }

  /** Returns the relative names and the contents of all files, for comparison. */
  public static Map<String, String> contents(Path directory) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
        byte[] bytes = Files.readAllBytes(file);
        contents.put(
            directory.relativize(file).toString(),
            bytes.length < 100
                ? new String(bytes, UTF_8)
                : bytes.length + " bytes, hash " + Arrays.hashCode(bytes));
      }
    }
    return contents;
  }
}
