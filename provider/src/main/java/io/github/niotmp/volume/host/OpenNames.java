package io.github.niotmp.volume.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  /** By where they are: most renames concern none of thousands of handles. */
  private final Map<Path, Set<OpenName>> names = new HashMap<>();

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

  /** Adds a name that is at {@code real}. */
  void add(Path real, OpenName name) {
    lock.lock();
    try {
      put(real, name);
    } finally {
      lock.unlock();
    }
  }

  /** Returns the name of another handle for one more, with which it does not go. */
  OpenName trackAgain(OpenName tracked) {
    lock.lock();
    try {
      Path real = tracked.real();
      OpenName name = new OpenName(real, tracked.key(), false);
      if (real != null) {
        put(real, name);
      }
      return name;
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
      if (from.equals(to)) {
        return;
      }
      take(to).forEach(name -> name.moved(null));
      move(from, from, to);
      if (!names.isEmpty() && Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) {
        for (Path real : List.copyOf(names.keySet())) {
          if (real.startsWith(from)) {
            move(real, from, to);
          }
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
      Path real = name.real();
      if (real != null) {
        remove(name, real);
      }
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

  /** Removes the file that a new handle has just created, and nothing else knows, at its name. */
  void remove(OpenName name) throws IOException {
    lock.lock();
    try {
      Path real = name.real();
      if (real != null) {
        Files.deleteIfExists(real);
        remove(name, real);
        name.moved(null);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isWanted(Path real, @Nullable Object key) {
    return names.getOrDefault(real, Set.of()).stream()
        .anyMatch(other -> other.goes() && Objects.equals(key, other.key()));
  }

  private void put(Path real, OpenName name) {
    names.computeIfAbsent(real, path -> new HashSet<>(1)).add(name);
  }

  private void remove(OpenName name, Path real) {
    names.computeIfPresent(
        real,
        (path, there) -> {
          there.remove(name);
          return there.isEmpty() ? null : there;
        });
  }

  private Set<OpenName> take(Path real) {
    Set<OpenName> there = names.remove(real);
    return there == null ? Set.of() : there;
  }

  /** Gives the names at {@code real}, at or below {@code from}, that place below {@code to}. */
  private void move(Path real, Path from, Path to) {
    Path moved = to.resolve(from.relativize(real));
    for (OpenName name : take(real)) {
      name.moved(moved);
      put(moved, name);
    }
  }
}
