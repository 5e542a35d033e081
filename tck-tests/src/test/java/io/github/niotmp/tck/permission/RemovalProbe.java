package io.github.niotmp.tck.permission;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** Prints which directories a removal copes with. */
public final class RemovalProbe {
  private static final String ALL = "rwxrwxrwx";
  private static final String OPEN = "rwx------";
  private static final String CLOSED = "---------";
  private static final int LEVELS = 3;

  private RemovalProbe() {}

  /** Expects the path of a directory that can be written to. */
  public static void main(String[] arguments) throws IOException {
    Path work = Path.of(arguments[0]);
    Map<String, Object> onTheHost = Map.of("storage", "host", "directory", work);
    try (FileSystem spooled = TmpFileSystems.open(Map.of());
        FileSystem host = TmpFileSystems.open(onTheHost)) {
      removeAll("disk", work);
      removeAll("spooled", spooled.getPath("/"));
      removeAll("host", host.getPath("/"));
    }
    leaveWhatOthersCouldReplace(work);
  }

  /** Removes trees of which all entries have one mode, for each mode of the owner. */
  private static void removeAll(String name, Path place) throws IOException {
    for (int mode = 0; mode < 8; mode++) {
      String permissions =
          ((mode & 4) == 0 ? "-" : "r")
              + ((mode & 2) == 0 ? "-" : "w")
              + ((mode & 1) == 0 ? "-" : "x");
      TempDirectory tree = TempDirectory.create(TempOptions.defaults().directory(place));
      fill(tree.path(), LEVELS);
      setAll(tree.path(), permissions + "------");
      say(name + " " + permissions, tree);
    }
  }

  private static void fill(Path directory, int levels) throws IOException {
    Files.createFile(directory.resolve("file"));
    for (int i = 0; levels > 0 && i < 2; i++) {
      fill(Files.createDirectory(directory.resolve("directory" + i)), levels - 1);
    }
  }

  private static void setAll(Path root, String permissions) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path each : (Iterable<Path>) walk.sorted(Comparator.reverseOrder())::iterator) {
        set(each, permissions);
      }
    }
  }

  /** Its parent is writable for all and has no sticky bit. */
  private static void leaveWhatOthersCouldReplace(Path work) throws IOException {
    Path shared = Files.createDirectory(work.resolve("shared"));
    set(shared, ALL);
    TempDirectory tree = TempDirectory.create(TempOptions.defaults().directory(shared));
    Path below = Files.createDirectories(tree.resolve("outer/closed"));
    Files.createFile(below.resolve("file"));
    Path beside = Files.createFile(tree.resolve("beside"));
    set(below, CLOSED);
    try {
      tree.close();
      System.out.println("shared: removed");
    } catch (IOException e) {
      boolean named = e.toString().contains(below + ": ");
      System.out.println("shared: " + (named ? "stays, and is named" : e));
    }
    System.out.println("shared, beside it: " + (Files.exists(beside) ? "something" : "nothing"));
    set(below, OPEN);
    say("shared, once it can be read", tree);
  }

  private static void set(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static void say(String what, TempDirectory directory) {
    String outcome;
    try {
      directory.close();
      outcome = Files.exists(directory.path()) ? "still there" : "removed";
    } catch (IOException e) {
      outcome = e.toString();
    }
    System.out.println(what + ": " + outcome);
  }
}
