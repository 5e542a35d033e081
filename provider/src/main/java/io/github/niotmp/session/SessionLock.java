package io.github.niotmp.session;

import io.github.niotmp.internal.cleanup.OwnerOnly;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The file lock that proves that a session's process lives: the system releases it when the process
 * ends, however it ends.
 *
 * <p>POSIX also releases it when any code of this process opens the lock file and closes it. So a
 * system property names each lock that this JVM holds or is about to take. All copies of this
 * class, also of other class loaders, read it and never open the file of such a lock.
 *
 * <p>The channel is asynchronous, because an interrupt cannot close it.
 */
final class SessionLock implements Closeable {
  private static final String PROPERTY = "io.github.niotmp.session.";

  /** Reapers may take a new lock file before its creator locks it, but hardly this often. */
  private static final int MOST_TRIES = 100;

  private final SessionName name;
  private final Path file;
  private final AsynchronousFileChannel channel;

  private SessionLock(SessionName name, Path file, AsynchronousFileChannel channel) {
    this.name = name;
    this.file = file;
    this.channel = channel;
  }

  /**
   * Creates the lock file of a new session and takes its lock.
   *
   * @param root an existing directory
   * @param owner the process that the name identifies
   * @throws FileSystemException if reapers take the file at each attempt
   */
  static SessionLock create(Path root, ProcessIdentity owner) throws IOException {
    return create(root, () -> SessionName.fresh(owner));
  }

  /** Takes a lock; tries the next name if another process takes the lock file first. */
  static SessionLock create(Path root, Supplier<SessionName> names) throws IOException {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      SessionName name = names.get();
      SessionLock lock = tryCreate(name, root.resolve(name + SessionName.LOCK));
      if (lock != null) {
        return lock;
      }
    }
    throw new FileSystemException(
        root.toString(),
        null,
        "No lock of a file there lasts: each of "
            + MOST_TRIES
            + " new lock files was locked or removed by another process");
  }

  /**
   * Returns null if a reaper took the file between its creation and the lock; the name is not used
   * again.
   */
  private static @Nullable SessionLock tryCreate(SessionName name, Path file) throws IOException {
    SessionLock lock = null;
    try {
      lock =
          lock(
              name,
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              OwnerOnly.file(file));
      return lock;
    } finally {
      if (lock == null) {
        Files.deleteIfExists(file); // the name is unique: no other session loses its file
      }
    }
  }

  /**
   * Takes the lock of a session if its process is dead.
   *
   * @return null if the process lives, the lock file does not exist, or this JVM has the lock
   */
  static @Nullable SessionLock takeOver(SessionName name, Path file) throws IOException {
    try {
      return lock(name, file, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Says whether this JVM holds the lock, or is about to take it. */
  static boolean isHeldHere(SessionName name) {
    return System.getProperties().containsKey(PROPERTY + name);
  }

  private static @Nullable SessionLock lock(
      SessionName name, Path file, Set<OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    if (System.getProperties().putIfAbsent(PROPERTY + name, file.toString()) != null) {
      return null;
    }
    AsynchronousFileChannel channel = null;
    boolean ours = false;
    try {
      channel = AsynchronousFileChannel.open(file, options, null, attributes);
      FileLock lock = channel.tryLock();
      ours = lock != null && Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      return ours ? new SessionLock(name, file, channel) : null;
    } catch (OverlappingFileLockException e) {
      return null; // this JVM holds the lock, though no property names it
    } finally {
      if (!ours) {
        closeAndForget(name, channel);
      }
    }
  }

  SessionName name() {
    return name;
  }

  /** Says whether the lock file still exists. */
  boolean hasFile() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Says whether the lock file was created in {@code root}. */
  boolean isIn(Path root) {
    return root.equals(file.getParent());
  }

  /**
   * Removes the lock file while it is locked, so that no reaper locks it afterwards, and then
   * releases the lock. If Windows refuses to remove the open file, removes it after the release. A
   * reaper that locks it in between finds no tree, and removes the file itself.
   */
  void delete() throws IOException {
    try (this) {
      Files.deleteIfExists(file);
    } catch (FileSystemException e) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException again) {
        e.addSuppressed(again);
        throw e;
      }
    }
  }

  /** Releases the lock and keeps the lock file. */
  @Override
  public void close() throws IOException {
    closeAndForget(name, channel);
  }

  /**
   * Closes the channel before it clears the property: otherwise another thread could open the file
   * in between, and this close would drop its lock.
   */
  private static void closeAndForget(SessionName name, @Nullable AsynchronousFileChannel channel)
      throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      System.clearProperty(PROPERTY + name);
    }
  }
}
