package io.github.niotmp.tck.security;

import io.github.niotmp.TmpFileSystems;
import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Prints what is said when there are no descriptors, and whether things go on afterwards. */
final class UseUpDescriptors {
  private static final String CLASS = ".class";

  private UseUpDescriptors() {}

  /** Expects a directory to spill to. */
  public static void main(String[] arguments) throws Exception {
    Path host = Path.of(arguments[0]);
    loadClasses();
    Deque<Closeable> open = new ArrayDeque<>();
    try (FileSystem tmp = TmpFileSystems.open(Map.of("directory", host, "spoolThreshold", "100"));
        FileSystem first = TmpFileSystems.open(Map.of("spoolThreshold", "100"));
        FileSystem tree = TmpFileSystems.open(Map.of("directory", host, "storage", "host"))) {
      Path inMemory = Files.write(tmp.getPath("/memory"), new byte[100]);
      Path spilled = tmp.getPath("/spilled");
      Path real = Files.write(tree.getPath("/real"), new byte[100]);
      useUp(open);
      say("spill", () -> Files.write(spilled, new byte[1_000]));
      say("first spill", () -> Files.write(first.getPath("/first"), new byte[1_000]));
      say("open", () -> FileChannel.open(real).close());
      say("memory", () -> Files.write(inMemory, Files.readAllBytes(inMemory)));
      while (!open.isEmpty()) {
        open.pop().close();
      }
      say("spill", () -> Files.write(spilled, new byte[1_000]));
      say("open", () -> FileChannel.open(real).close());
      System.out.println("bytes: " + Files.size(spilled));
    }
  }

  /** Those that are not in a jar take a descriptor each to load. */
  private static void loadClasses() throws Exception {
    try (FileSystem tmp = TmpFileSystems.open(Map.of())) {
      for (Class<?> one : List.of(TmpFileSystems.class, tmp.getClass())) {
        Path classes = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> all = Files.walk(classes)) {
          for (Path file : (Iterable<Path>) all::iterator) {
            String name = classes.relativize(file).toString().replace(File.separatorChar, '.');
            boolean isOther = name.startsWith("module-info") || name.startsWith("META-INF");
            if (name.endsWith(CLASS) && !isOther) {
              Class.forName(name.substring(0, name.length() - CLASS.length()));
            }
          }
        }
      }
    }
    say("before", () -> new FileInputStream("/dev/null").close());
  }

  private static void useUp(Deque<Closeable> open) throws IOException {
    try {
      while (true) {
        open.push(new FileInputStream("/dev/null"));
      }
    } catch (FileNotFoundException e) {
      // none is left
    }
  }

  private interface Use {
    void run() throws IOException;
  }

  private static void say(String what, Use use) {
    String outcome;
    try {
      use.run();
      outcome = "ok";
    } catch (IOException e) {
      outcome = e.toString();
    }
    System.out.println(what + ": " + outcome);
  }
}
