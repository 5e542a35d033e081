package io.github.niotmp.tck.permission;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * Prints what becomes of a name that is to go with its handle if nothing may be removed from its
 * directory any more when that closes.
 */
public final class LateRefusalProbe {
  private LateRefusalProbe() {}

  /** Expects the path of a directory that can be written to. */
  public static void main(String[] arguments) throws IOException {
    Path work = Path.of(arguments[0]);
    say("on the disk", work);
    for (String storage : new String[] {"spooled", "host"}) {
      Map<String, ?> settings = Map.of("storage", storage, "directory", work);
      try (FileSystem tmp = FileSystems.newFileSystem(URI.create("tmp://probe"), settings)) {
        say(storage, tmp.getPath("/"));
      }
    }
  }

  private static void say(String where, Path root) throws IOException {
    Path directory = Files.createDirectory(root.resolve("d"));
    Path file = Files.createFile(directory.resolve("file"));
    SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.DELETE_ON_CLOSE);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
    String outcome = "closed";
    try {
      channel.close();
    } catch (FileSystemException e) {
      outcome = e.getClass().getSimpleName() + " " + e.getFile();
    }
    System.out.println(where + ": " + outcome + ", stays: " + Files.exists(file));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    Files.deleteIfExists(file);
    Files.delete(directory);
  }
}
