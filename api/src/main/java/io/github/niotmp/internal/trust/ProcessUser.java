package io.github.niotmp.internal.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The uid of this process, which the first call determines. Safe for use by any number of threads.
 */
public final class ProcessUser {
  /** Stands for an unknown uid, or a host without uids. */
  public static final int UNKNOWN = -1;

  private ProcessUser() {}

  /** Returns the uid, or {@link #UNKNOWN}. */
  public static int uid() {
    return Self.UID;
  }

  /**
   * Determines the uid.
   *
   * @param process a file that the process owns on Linux
   * @param home the value of {@code user.home}; its owner counts only if it is {@code name}
   * @param name the value of {@code user.name}
   */
  static int find(Path process, @Nullable String home, @Nullable String name) {
    int uid = ownerOf(process);
    if (uid == UNKNOWN && home != null && name != null) {
      uid = ownerOf(home, name);
    }
    return uid == UNKNOWN ? ownerOfANewFile() : uid;
  }

  private static int ownerOf(String home, String name) {
    try {
      Path directory = Path.of(home);
      return Files.getOwner(directory).getName().equals(name) ? ownerOf(directory) : UNKNOWN;
    } catch (IOException | UnsupportedOperationException | InvalidPathException e) {
      return UNKNOWN;
    }
  }

  /** Follows a link, because {@code /proc/self} is one. */
  private static int ownerOf(Path path) {
    try {
      return Files.getAttribute(path, "unix:uid") instanceof Integer uid ? uid : UNKNOWN;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return UNKNOWN;
    }
  }

  private static int ownerOfANewFile() {
    try {
      Path made = Files.createTempFile(null, null);
      try {
        return Files.getAttribute(made, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                instanceof Integer uid
            ? uid
            : UNKNOWN;
      } finally {
        Files.delete(made);
      }
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return UNKNOWN;
    }
  }

  /** Initialized on first use, not when a native image is built. */
  private static final class Self {
    static final int UID =
        find(
            Path.of("/proc/self"), // on Linux its owner is the effective user
            System.getProperty("user.home"),
            System.getProperty("user.name"));
  }
}
