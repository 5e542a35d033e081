package io.github.niotmp.volume.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The current paths of all open files and directories of one volume. Renames by this JVM update
 * them.
 *
 * <p>The lock guards the fields alone. A thread calls the host's provider, which may be any code,
 * without the lock. Before, it claims the paths that the call changes, with all paths below them;
 * threads that change the same paths wait until it releases the claims. Safe for use by any number
 * of threads.
 */
final class OpenNames {
  private final HostTree tree;

  /** By path, because most renames affect none of thousands of handles. */
  private final Map<Path, Set<OpenedEntry>> names = new HashMap<>();

  private final Set<DirectoryPlace> directories = Collections.newSetFromMap(new WeakHashMap<>());
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final List<Claim> claims = new ArrayList<>();

  OpenNames(HostTree tree) {
    this.tree = tree;
  }

  /** A path that a thread changes on the host, with all paths below it. */
  private record Claim(Path path, Thread thread) {
    boolean concerns(Path other) {
      return thread != Thread.currentThread() && (other.startsWith(path) || path.startsWith(other));
    }
  }

  /** Says whether another thread has claimed the path. The caller holds the lock. */
  private boolean isClaimed(Path path) {
    for (Claim claim : claims) {
      if (claim.concerns(path)) {
        return true;
      }
    }
    return false;
  }

  private void release(List<Claim> ours) {
    lock.lock();
    try {
      ours.forEach(claims::remove); // equal claims of one thread are interchangeable
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns a place for a directory. Renames update it until the caller drops it. */
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

  /** Adds an entry at {@code real}. */
  void add(Path real, OpenedEntry name) {
    lock.lock();
    try {
      put(real, name);
    } finally {
      lock.unlock();
    }
  }

  /** Returns an entry for one more handle on a file; its close does not remove the name. */
  OpenedEntry trackAgain(OpenedEntry tracked) {
    lock.lock();
    try {
      Path real = tracked.real();
      OpenedEntry name = new OpenedEntry(real, tracked.key(), false);
      if (real != null) {
        put(real, name);
      }
      return name;
    } finally {
      lock.unlock();
    }
  }

  /** A rename on the host. */
  @FunctionalInterface
  interface Renaming {
    void run() throws IOException;
  }

  /**
   * Renames, and updates the entries at and below {@code from}. Entries of a replaced file at
   * {@code to} lose their path.
   *
   * @param directory whether {@code from} is a directory
   */
  void rename(Path from, Path to, boolean directory, Renaming renaming) throws IOException {
    List<Claim> ours = claim(from, to);
    try {
      renaming.run();
      if (!from.equals(to)) {
        renamed(from, to, directory);
      }
    } finally {
      release(ours);
    }
  }

  private List<Claim> claim(Path from, Path to) {
    Thread thread = Thread.currentThread();
    List<Claim> ours = List.of(new Claim(from, thread), new Claim(to, thread));
    lock.lock();
    try {
      while (isClaimed(from) || isClaimed(to)) {
        released.awaitUninterruptibly();
      }
      claims.addAll(ours);
    } finally {
      lock.unlock();
    }
    return ours;
  }

  private void renamed(Path from, Path to, boolean directory) {
    lock.lock();
    try {
      take(to).forEach(name -> name.moved(null));
      move(from, from, to);
      if (directory) {
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
   * Forgets the entry of a closing handle. Removes the name if this handle was the last one with
   * delete-on-close.
   */
  void close(OpenedEntry name) throws IOException {
    Claim claim = forget(name);
    if (claim == null) {
      return;
    }
    try {
      BasicFileAttributes there = tree.lookAt(claim.path());
      if (there != null && Objects.equals(there.fileKey(), name.key())) {
        Files.deleteIfExists(claim.path());
      }
    } finally {
      release(List.of(claim));
    }
  }

  /** Returns a claim on the name to remove with the handle, or null if the name stays. */
  private @Nullable Claim forget(OpenedEntry name) {
    lock.lock();
    try {
      Path real = settled(name);
      if (real == null) {
        return null;
      }
      remove(name, real);
      if (!name.goes() || isWanted(real, name.key())) {
        return null;
      }
      Claim claim = new Claim(real, Thread.currentThread());
      claims.add(claim);
      return claim;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the path of an entry after no other thread claims it. The caller holds the lock. */
  private @Nullable Path settled(OpenedEntry name) {
    Path real = name.real();
    while (real != null && isClaimed(real)) {
      released.awaitUninterruptibly();
      real = name.real();
    }
    return real;
  }

  /** Unlinks a file that a new handle has just created under a random name. */
  void remove(OpenedEntry name) throws IOException {
    Claim claim;
    lock.lock();
    try {
      Path real = settled(name);
      if (real == null) {
        return;
      }
      claim = new Claim(real, Thread.currentThread());
      claims.add(claim);
    } finally {
      lock.unlock();
    }
    try {
      Files.deleteIfExists(claim.path());
      lock.lock();
      try {
        remove(name, claim.path());
        name.moved(null);
      } finally {
        lock.unlock();
      }
    } finally {
      release(List.of(claim));
    }
  }

  private boolean isWanted(Path real, @Nullable Object key) {
    return names.getOrDefault(real, Set.of()).stream()
        .anyMatch(other -> other.goes() && Objects.equals(key, other.key()));
  }

  private void put(Path real, OpenedEntry name) {
    names.computeIfAbsent(real, path -> new HashSet<>(1)).add(name);
  }

  private void remove(OpenedEntry name, Path real) {
    names.computeIfPresent(
        real,
        (path, there) -> {
          there.remove(name);
          return there.isEmpty() ? null : there;
        });
  }

  private Set<OpenedEntry> take(Path real) {
    Set<OpenedEntry> there = names.remove(real);
    return there == null ? Set.of() : there;
  }

  /**
   * Moves the entries at {@code real}, at or below {@code from}, to the same place below {@code
   * to}.
   */
  private void move(Path real, Path from, Path to) {
    Path moved = to.resolve(from.relativize(real));
    for (OpenedEntry name : take(real)) {
      name.moved(moved);
      put(moved, name);
    }
  }
}
