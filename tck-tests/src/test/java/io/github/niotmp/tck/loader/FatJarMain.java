package io.github.niotmp.tck.loader;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
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
      System.out.print(urls(tmp.getPath("/")));
    }
  }

  private static String urls(Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("a file"), " url");
    try {
      return file.toUri().toURL().toString();
    } catch (MalformedURLException e) {
      URL[] urls = {TmpFileSystems.url(directory)};
      try (URLClassLoader loader = new URLClassLoader(urls, null);
          InputStream in = TmpFileSystems.url(file).openStream();
          InputStream resource = loader.getResourceAsStream("a file")) {
        return new String(in.readAllBytes(), UTF_8) + new String(resource.readAllBytes(), UTF_8);
      }
    }
  }
}
