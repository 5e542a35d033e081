package io.github.niotmp.tck.lifecycle;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** Prints how file systems open on directories whose permissions deny it. */
public final class DeniedDirectoryProbe {
  private DeniedDirectoryProbe() {}

  /** Expects the path of a directory that can be written to. */
  public static void main(String[] arguments) throws IOException {
    Path work = Path.of(arguments[0]);
    Path denied = Files.createDirectory(work.resolve("denied"));
    Path below = Files.createDirectory(denied.resolve("below"));
    for (String storage : List.of("spooled", "host")) {
      for (String permissions : List.of("r-xr-xr-x", "rw-rw-rw-")) {
        permit(denied, permissions);
        say(storage + ", " + permissions, storage, denied);
      }
      permit(denied, "---------");
      say(storage + ", below ---------", storage, below);
    }
    permit(denied, "rwxr-xr-x");
  }

  private static void permit(Path directory, String permissions) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
  }

  private static void say(String what, String storage, Path directory) throws IOException {
    String outcome;
    try {
      TmpFileSystems.open(Map.of("storage", storage, "directory", directory)).close();
      outcome = "opened";
    } catch (FileSystemException e) {
      outcome = e.getClass().getSimpleName() + ": " + e.getReason();
    }
    System.out.println(what + ": " + outcome);
  }
}
