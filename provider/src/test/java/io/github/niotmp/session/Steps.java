package io.github.niotmp.session;

import io.github.niotmp.internal.cleanup.TreeRemoval;
import io.github.niotmp.internal.search.UserDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The protocol of owners and reapers, whole and without the steps that guard it. */
enum Steps {
  /** As it is used. */
  GUARDED {
    @Override
    Owned own(Path root, ProcessIdentity owner) throws IOException {
      SessionLock lock = SessionLock.create(root, owner);
      return new Owned(fileOf(root, lock.name()), lock, lock::delete);
    }

    @Override
    List<String> sweep(UserDirectory root) throws IOException {
      return Reaper.sweep(root, false).stream()
          .filter(finding -> finding.fate() == Reaper.Fate.LEFT)
          .map(Object::toString)
          .toList();
    }
  },

  /**
   * The owner does not look whether its lock file is still there, and the reaper removes it after
   * it has let go of the lock. The owner is held up before it locks, as any process may be.
   */
  UNGUARDED {
    private static final int TURNS_OF_OTHERS = 20;

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: it only makes a gap wider
    Owned own(Path root, ProcessIdentity owner) throws IOException {
      while (true) {
        Path file = fileOf(root, SessionName.fresh(owner));
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        for (int i = 0; i < TURNS_OF_OTHERS; i++) {
          Thread.yield();
        }
        if (channel.tryLock() != null) {
          return new Owned(
              file,
              channel,
              () -> {
                Files.deleteIfExists(file);
                channel.close();
              });
        }
        channel.close();
      }
    }

    @Override
    List<String> sweep(UserDirectory root) throws IOException {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(root.path(), "*.lock")) {
        for (Path file : files) {
          sweep(file);
        }
      }
      return List.of();
    }

    private void sweep(Path file) throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        if (channel.tryLock() == null) {
          return;
        }
        TreeRemoval.remove(directoryOf(file));
      } catch (NoSuchFileException e) {
        return;
      }
      Files.deleteIfExists(file);
    }
  };

  /** Each owner is another process, so that its number is of no help to a reaper. */
  private static final AtomicLong NUMBERS = new AtomicLong(1);

  /**
   * A session's lock.
   *
   * @param file the lock file
   * @param drop what the system does as the process dies
   * @param end what the process does itself
   */
  record Owned(Path file, Closeable drop, Closeable end) {
    Path directory() {
      return directoryOf(file);
    }

    boolean isWhole() {
      return Files.exists(file) && Files.exists(directory());
    }
  }

  /** Takes the lock of a new session. */
  abstract Owned own(Path root, ProcessIdentity owner) throws IOException;

  /** Reclaims once; returns what it can make nothing of. */
  abstract List<String> sweep(UserDirectory root) throws IOException;

  /** Returns the identity of a process in another container, of which only the lock can tell. */
  static ProcessIdentity elsewhere() {
    ProcessIdentity here = ProcessIdentity.current();
    return new ProcessIdentity(
        here.bootId(), here.namespace() + 1, here.pid(), NUMBERS.getAndIncrement());
  }

  private static Path fileOf(Path root, SessionName name) {
    return root.resolve(name + SessionName.LOCK);
  }

  private static Path directoryOf(Path file) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.length() - SessionName.LOCK.length()));
  }
}
