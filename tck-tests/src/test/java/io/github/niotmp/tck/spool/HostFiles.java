package io.github.niotmp.tck.spool;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What this process has open on the host, by name or without one, as Linux shows it. */
public final class HostFiles {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private HostFiles() {}

  /**
   * Returns the descriptors of files that are, or were created, below {@code directory}: paths that
   * lead to the open file whether it has a name or not. Skips the test where there is no /proc.
   */
  public static List<Path> openBelow(Path directory) throws IOException {
    assumeTrue(Files.isDirectory(DESCRIPTORS), "no /proc");
    String real = directory.toRealPath() + "/";
    List<Path> open = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
      for (Path descriptor : (Iterable<Path>) descriptors::iterator) {
        if (target(descriptor).startsWith(real)) {
          open.add(descriptor);
        }
      }
    }
    return open;
  }

  /** Returns the path the file of a descriptor has or had; empty if the descriptor is gone. */
  static String target(Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
