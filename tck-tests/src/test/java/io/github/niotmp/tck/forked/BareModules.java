package io.github.niotmp.tck.forked;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Does what is recorded and what is managed, with whatever modules there are. */
final class BareModules {
  private BareModules() {}

  /** Takes the directory to spill to and {@code small}, {@code all} or {@code mxbean}. */
  public static void main(String[] arguments) throws IOException {
    String directory = arguments[0];
    switch (arguments[1]) {
      case "small" -> {
        FileSystem tmp = open(directory);
        Files.writeString(tmp.getPath("/f"), "text");
        System.out.println(Files.readString(tmp.getPath("/f")));
        Runtime.getRuntime().halt(0); // before anything closes
      }
      case "all" -> {
        try (FileSystem tmp = open(directory)) {
          Files.write(tmp.getPath("/large"), new byte[10_000]);
          for (int i = 0; i < 1000; i++) {
            Files.write(tmp.getPath("/" + i), new byte[900]);
          }
          try (FileChannel mapped = FileChannel.open(Path.of(tmp.getPath("/5").toUri()))) {
            mapped.map(MapMode.READ_ONLY, 0, 900);
          }
          System.out.println(TmpFileSystems.usage(tmp).rollovers());
        }
      }
      case "mxbean" -> {
        try {
          TmpFileSystems.open(Map.of(TmpSettings.MXBEAN, true)).close();
          System.out.println("opened");
        } catch (IllegalArgumentException e) {
          System.out.println(e.getMessage());
        }
      }
      default -> throw new IllegalArgumentException(arguments[1]);
    }
  }

  private static FileSystem open(String directory) throws IOException {
    return TmpFileSystems.open(
        Map.of(
            TmpSettings.DIRECTORY,
            directory,
            TmpSettings.SPOOL_THRESHOLD,
            1000,
            TmpSettings.MEMORY_BUDGET,
            64_000));
  }
}
