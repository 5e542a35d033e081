package io.github.niotmp.tck.loader;

import static io.github.niotmp.tck.loader.ApplicationLoader.API;
import static io.github.niotmp.tck.loader.ApplicationLoader.PROVIDER;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;

/**
 * Two applications with a copy of the library each, in a small heap. Prints a line for each fact:
 * how many bytes of memory both hold, the length of the stored system properties, and how many
 * bytes the second holds once the first was collected with its files.
 */
final class SharedBudget {
  private static final String SHARE = "io.github.niotmp.memoryShare.";
  private static final int FILE = 500_000;
  private static final int FILES = 60;

  private SharedBudget() {}

  public static void main(String[] arguments) throws Exception {
    ApplicationLoader second = ApplicationLoader.of("second", API, PROVIDER);
    FileSystem kept = second.application(Unclosed.class).apply("second");
    WeakReference<FileSystem> dropped = useBoth(kept);

    while (dropped.get() != null || shares().size() > 1) {
      System.gc();
    }
    write(kept);
    System.out.println(memory(kept));
    check(kept);
  }

  private static WeakReference<FileSystem> useBoth(FileSystem kept) throws Exception {
    try (ApplicationLoader first = ApplicationLoader.of("first", API, PROVIDER)) {
      FileSystem other = first.application(Unclosed.class).apply("first");
      write(other);
      write(kept);
      System.out.println(memory(other) + memory(kept));
      System.out.println(storedProperties());
      System.out.println(shares().size());
      check(other);
      check(kept);
      return new WeakReference<>(other);
    }
  }

  private static void write(FileSystem fileSystem) throws IOException {
    for (int i = 0; i < FILES; i++) {
      byte[] bytes = new byte[FILE];
      bytes[i] = 1;
      Files.write(fileSystem.getPath("/file" + i), bytes);
    }
  }

  private static void check(FileSystem fileSystem) throws IOException {
    for (int i = 0; i < FILES; i++) {
      byte[] bytes = Files.readAllBytes(fileSystem.getPath("/file" + i));
      if (bytes.length != FILE || bytes[i] != 1) {
        throw new IllegalStateException("Other bytes in file " + i + " of " + fileSystem);
      }
    }
  }

  private static long memory(FileSystem fileSystem) throws IOException {
    return (Long) Files.getFileStore(fileSystem.getPath("/")).getAttribute("tmp:memoryBytes");
  }

  private static int storedProperties() throws IOException {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    System.getProperties().store(stored, null);
    System.getProperties().list(new PrintStream(stored, true, StandardCharsets.UTF_8));
    return stored.size();
  }

  private static Set<String> shares() {
    Set<String> names = new HashSet<>(System.getProperties().stringPropertyNames());
    names.removeIf(name -> !name.startsWith(SHARE));
    return names;
  }
}
