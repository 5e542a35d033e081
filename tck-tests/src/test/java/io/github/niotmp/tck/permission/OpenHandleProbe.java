package io.github.niotmp.tck.permission;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * Prints what an open handle still does once permissions were taken away: whether its name goes
 * with it if nothing may be removed from the directory, and whether it maps a file that may not be
 * opened.
 */
public final class OpenHandleProbe {
  private OpenHandleProbe() {}

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
    Path file = Files.writeString(directory.resolve("file"), "abc");
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
      System.out.println(
          where + ", mapped: " + outcome(() -> channel.map(MapMode.READ_WRITE, 0, 3)));
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    FileChannel goes = FileChannel.open(file, READ, DELETE_ON_CLOSE);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
    System.out.println(
        where + ", closed: " + outcome(goes::close) + ", stays: " + Files.exists(file));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    Files.deleteIfExists(file);
    Files.delete(directory);
  }

  private interface Use {
    void run() throws IOException;
  }

  private static String outcome(Use use) throws IOException {
    try {
      use.run();
      return "ok";
    } catch (FileSystemException e) {
      return e.getClass().getSimpleName() + " " + e.getFile();
    }
  }
}
