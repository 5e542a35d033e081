package io.github.niotmp.session;

import io.github.niotmp.disposable.OwnerOnly;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lock that says that a session's process lives: the system drops it as the process ends,
 * however it ends.
 *
 * <p>It is also dropped when this process opens the file once more and closes it, whoever does so.
 * So the sessions of this virtual machine are known by name, to those too who have loaded this
 * class again, and their lock files are left alone.
 */
final class SessionLock implements Closeable {
  private static final String PROPERTY = "io.github.niotmp.session.";

  private final SessionName name;
  private final Path file;
  private final FileChannel channel;

  private SessionLock(SessionName name, Path file, FileChannel channel) {
    this.name = name;
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a new session.
   *
   * @param root an existing directory
   */
  static SessionLock create(Path root) throws IOException {
    while (true) {
      SessionName name = SessionName.fresh();
      SessionLock lock = tryCreate(name, root.resolve(name + SessionName.LOCK));
      if (lock != null) {
        return lock;
      }
    }
  }

  /** Returns null if a reaper came between the creation and the lock: the name is spent. */
  private static @Nullable SessionLock tryCreate(SessionName name, Path file) throws IOException {
    System.setProperty(PROPERTY + name, file.toString()); // before any reaper of ours can see it
    SessionLock lock = null;
    try {
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              OwnerOnly.file(file));
      lock = lock(name, file, channel);
      return lock;
    } finally {
      if (lock == null) {
        System.clearProperty(PROPERTY + name);
      }
    }
  }

  /**
   * Takes the lock of a session whose process may be dead.
   *
   * @return null if the process lives, the lock file is gone, or the session is of this virtual
   *     machine
   */
  static @Nullable SessionLock takeOver(SessionName name, Path file) throws IOException {
    if (System.getProperty(PROPERTY + name) != null) {
      return null;
    }
    try {
      return lock(
          name, file, FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @SuppressWarnings("try") // the channel is there to be closed when it is of no use
  private static @Nullable SessionLock lock(SessionName name, Path file, FileChannel channel)
      throws IOException {
    boolean ours = false;
    try {
      FileLock lock = channel.tryLock();
      ours = lock != null && Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      return ours ? new SessionLock(name, file, channel) : null;
    } catch (OverlappingFileLockException e) {
      return null; // this virtual machine's, though it is not in the properties
    } finally {
      if (!ours) {
        channel.close();
      }
    }
  }

  SessionName name() {
    return name;
  }

  /** Says whether the lock file is still there. */
  boolean hasFile() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Removes the lock file while it is locked, so that nobody locks it after us, and then lets go.
   */
  void delete() throws IOException {
    try (this) {
      Files.deleteIfExists(file);
    }
  }

  /** Lets go and leaves the lock file. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      System.clearProperty(PROPERTY + name);
    }
  }
}
