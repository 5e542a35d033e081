package io.github.niotmp.volume.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The names of all handles and directories that are open on one volume. Safe for use by any number
 * of threads.
 */
final class OpenNames {
  private final HostTree tree;
  private final Set<OpenName> names = new HashSet<>();
  private final Set<DirectoryPlace> directories = Collections.newSetFromMap(new WeakHashMap<>());
  private final ReentrantLock lock = new ReentrantLock();

  OpenNames(HostTree tree) {
    this.tree = tree;
  }

  /** Returns the place of a directory, which follows it for as long as somebody holds it. */
  DirectoryPlace track(Path directory) {
    DirectoryPlace place = new DirectoryPlace(directory);
    lock.lock();
    try {
      directories.add(place);
    } finally {
      lock.unlock();
    }
    return place;
  }

  void add(OpenName name) {
    lock.lock();
    try {
      names.add(name);
    } finally {
      lock.unlock();
    }
  }

  /** A step that gives a file or directory another name. */
  @FunctionalInterface
  interface Renaming {
    void run() throws IOException;
  }

  /** Renames, and has the handles below {@code from} know; what {@code to} was is gone. */
  void rename(Path from, Path to, Renaming renaming) throws IOException {
    lock.lock();
    try {
      renaming.run();
      for (OpenName name : names) {
        Path real = name.real();
        if (real != null && real.startsWith(from)) {
          name.moved(to.resolve(from.relativize(real)));
        } else if (real != null && real.equals(to)) {
          name.moved(null);
        }
      }
      for (DirectoryPlace place : directories) {
        if (place.real().startsWith(from)) {
          place.moved(to.resolve(from.relativize(place.real())));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Forgets the name of a handle that closes, and removes it if it was the last to ask for that.
   */
  void close(OpenName name) throws IOException {
    lock.lock();
    try {
      names.remove(name);
      Path real = name.real();
      if (name.goes() && real != null && !isWanted(real, name.key())) {
        BasicFileAttributes there = tree.lookAt(real);
        if (there != null && Objects.equals(there.fileKey(), name.key())) {
          Files.deleteIfExists(real);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isWanted(Path real, @Nullable Object key) {
    return names.stream()
        .anyMatch(
            other -> other.goes() && real.equals(other.real()) && Objects.equals(key, other.key()));
  }
}
