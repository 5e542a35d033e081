package io.github.niotmp.tck.security;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpLimitException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Map;

/**
 * Fills a small heap with one kind of metadata until that is refused. Prints the limit that the
 * exception names; twice, because the memory of a closed file system is free again.
 */
final class FillsMetadata {
  private FillsMetadata() {}

  private interface Filling {
    void create(Path root, int number) throws IOException;
  }

  public static void main(String[] arguments) throws IOException {
    Filling filling =
        switch (arguments[0]) {
          case "names" -> (root, i) -> Files.createFile(root.resolve("n".repeat(200) + i));
          case "directories" -> (root, i) -> Files.createDirectory(root.resolve("d" + i));
          case "targets" ->
              (root, i) ->
                  Files.createSymbolicLink(
                      root.resolve("l" + i), root.getFileSystem().getPath("t/".repeat(2000)));
          case "attributes" -> FillsMetadata::attribute;
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    try (FileSystem tmp = TmpFileSystems.open(Map.of("maxFiles", "unlimited"))) {
      System.out.println(fill(tmp.getPath("/first"), filling));
    }
    try (FileSystem tmp = TmpFileSystems.open(Map.of("maxFiles", "unlimited"))) {
      System.out.println(fill(tmp.getPath("/second"), filling));
    }
  }

  private static void attribute(Path root, int number) throws IOException {
    Path file = Files.createFile(root.resolve("f" + number));
    Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
        .write("key", ByteBuffer.allocate(60_000));
  }

  private static String fill(Path root, Filling filling) throws IOException {
    Files.createDirectory(root);
    try {
      for (int i = 0; ; i++) {
        filling.create(root, i);
      }
    } catch (TmpLimitException e) {
      return e.setting() + " " + e.limit();
    }
  }
}
