package io.github.niotmp.tck.permission;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints the mode that a file with set-id bits has after each kind of change of its bytes. */
public final class SetIdProbe {
  private static final int[] MODES = {06770, 06760, 04700, 02770};

  private interface Change {
    void of(Path file) throws IOException;
  }

  private SetIdProbe() {}

  /** Expects the path of a directory that can be written to. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    print("disk", Files.createDirectory(directory.resolve("d")));
    try (FileSystem tmp =
            FileSystems.newFileSystem(URI.create("tmp://probe"), Map.of("directory", directory));
        FileSystem onDisk =
            FileSystems.newFileSystem(
                URI.create("tmp://on-disk"), Map.of("directory", directory, "spoolThreshold", 0));
        FileSystem host =
            FileSystems.newFileSystem(
                URI.create("tmp://host"), Map.of("directory", directory, "storage", "host"))) {
      print("spooled", tmp.getPath("/"));
      print("spooled", onDisk.getPath("/"));
      print("host", host.getPath("/"));
    }
  }

  private static void print(String place, Path directory) throws IOException {
    StringBuilder line = new StringBuilder(place);
    for (Map.Entry<String, Change> change : changes().entrySet()) {
      line.append(' ').append(change.getKey());
      for (int mode : MODES) {
        Path file = Files.writeString(directory.resolve("file"), "text");
        Files.setAttribute(file, "unix:mode", mode);
        change.getValue().of(file);
        int left = (int) Files.getAttribute(file, "unix:mode") & 07777;
        line.append(' ').append(Integer.toOctalString(left));
        Files.delete(file);
      }
    }
    System.out.println(line);
  }

  private static Map<String, Change> changes() {
    Map<String, Change> changes = new LinkedHashMap<>();
    changes.put("read", Files::readAllBytes);
    changes.put(
        "write",
        file -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1));
          }
        });
    changes.put("append", file -> Files.writeString(file, "x", StandardOpenOption.APPEND));
    changes.put(
        "truncate",
        file -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(1);
          }
        });
    changes.put("empty", file -> Files.newOutputStream(file).close());
    changes.put("chown", file -> Files.setOwner(file, Files.getOwner(file)));
    return changes;
  }
}
