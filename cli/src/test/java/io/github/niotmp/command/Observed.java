package io.github.niotmp.command;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpLimitException;
import io.github.niotmp.TmpSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** A program with two file systems, which runs until its standard input ends. */
final class Observed {
  private Observed() {}

  /**
   * Opens the file systems, with beans unless the second argument is {@code plain}. A byte of the
   * standard input adds a hostile bean, which the argument {@code hostile} adds at once.
   */
  public static void main(String[] arguments) throws IOException {
    boolean hasBeans = !arguments[1].equals("plain");
    Path directory = Path.of(arguments[0]);
    try (FileSystem uploads =
            TmpFileSystems.open(
                "uploads",
                Map.of(
                    TmpSettings.MXBEAN,
                    hasBeans,
                    TmpSettings.DIRECTORY,
                    directory,
                    TmpSettings.SPOOL_THRESHOLD,
                    10_000,
                    TmpSettings.MEMORY_BUDGET,
                    100_000,
                    TmpSettings.MAX_FILE_SIZE,
                    50_000));
        FileSystem trees =
            TmpFileSystems.open(
                "trees",
                Map.of(
                    TmpSettings.MXBEAN, hasBeans,
                    TmpSettings.DIRECTORY, directory,
                    TmpSettings.STORAGE, TmpSettings.Storage.HOST));
        OutputStream open = Files.newOutputStream(uploads.getPath("/open"))) {
      open.write(new byte[5000]);
      Files.write(uploads.getPath("/large"), new byte[50_000]);
      Files.write(trees.getPath("/a file"), new byte[2000]);
      try {
        Files.write(uploads.getPath("/large"), new byte[1], StandardOpenOption.APPEND);
      } catch (TmpLimitException e) {
        // the refusal that the tests count
      }
      if (arguments[1].equals("hostile")) {
        Hostile.register(directory.resolve("deserialized"));
      }
      System.out.println("ready");
      if (System.in.read() >= 0) {
        Hostile.register(directory.resolve("deserialized"));
        System.in.transferTo(OutputStream.nullOutputStream());
      }
    }
  }
}
