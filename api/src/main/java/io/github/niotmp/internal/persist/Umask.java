package io.github.niotmp.internal.persist;

import io.github.niotmp.internal.cleanup.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The umask of this process, which a new file of any program has its permissions less. */
public final class Umask {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String LINE = "Umask:";
  private static final int OCTAL = 8;
  private static final int OWNER_READ = 0400;

  private Umask() {}

  /**
   * Returns the permissions that the umask leaves: those of a directory that is created with 0777.
   *
   * @param directory one with POSIX permissions; where the system does not tell the umask, an empty
   *     directory is made in it for a moment
   * @throws IOException if that cannot be made
   */
  public static Set<PosixFilePermission> granted(Path directory) throws IOException {
    Optional<Set<PosixFilePermission>> told = told();
    if (told.isPresent()) {
      return told.get();
    }
    Path probe = Files.createDirectory(directory.resolve(Names.random(".tmp")));
    try {
      return Files.getPosixFilePermissions(probe, LinkOption.NOFOLLOW_LINKS);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  /** Linux tells it since 4.7. */
  private static Optional<Set<PosixFilePermission>> told() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(LINE))
          .findFirst()
          .map(line -> less(Integer.parseInt(line.substring(LINE.length()).strip(), OCTAL)));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Set<PosixFilePermission> less(int umask) {
    Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
    int bit = OWNER_READ;
    for (PosixFilePermission each : PosixFilePermission.values()) { // down to OTHERS_EXECUTE
      if ((umask & bit) == 0) {
        granted.add(each);
      }
      bit >>= 1;
    }
    return granted;
  }
}
