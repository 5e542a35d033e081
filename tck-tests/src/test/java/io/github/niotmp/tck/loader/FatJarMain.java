package io.github.niotmp.tck.loader;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The application in the fat jar. */
final class FatJarMain {
  private FatJarMain() {}

  /** Prints what works, a word for each. */
  public static void main(String[] arguments) throws IOException {
    try {
      System.out.print(Path.of(URI.create("tmp:/f")) + " ");
    } catch (FileSystemNotFoundException e) {
      System.out.print("no-Path.of ");
    }
    Path inDefault = TmpFileSystems.path(URI.create("tmp:/f"));
    System.out.print(Files.readString(Files.writeString(inDefault, "default ")));
    try (FileSystem tmp = TmpFileSystems.open("fat", Map.of("spoolThreshold", 100))) {
      Files.write(tmp.getPath("/large"), new byte[1000]);
      Files.copy(tmp.getPath("/large"), tmp.getPath("/copy"));
      System.out.print(TmpFileSystems.usage(TmpFileSystems.get("fat")).filesOnDisk());
    }
  }
}
