package io.github.niotmp.session;

import io.github.niotmp.internal.cleanup.HostNames;
import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.cleanup.OwnerOnly;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A new directory, 0700, with a name nobody can guess, for file systems where no lock tells whether
 * a process lives: no reaper knows of it.
 */
public final class FreshDirectory implements Place, HostNames.Owner {
  private final Path parent;
  private final ReentrantLock lock = new ReentrantLock();

  /** The last one is in use. */
  private final List<Path> directories = new CopyOnWriteArrayList<>();

  private int users;

  /**
   * Names the place; nothing is made there yet.
   *
   * @param parent an existing directory on any file system
   */
  public FreshDirectory(Path parent) {
    this.parent = parent.toAbsolutePath();
  }

  @Override
  public Path enter() throws IOException {
    lock.lock();
    try {
      Path directory = directories.isEmpty() ? null : directories.get(directories.size() - 1);
      if (directory == null || !Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        directory = create();
      }
      users++;
      return directory;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("try") // the exit of the JVM waits for the creation
  private Path create() throws IOException {
    while (true) {
      try (HostNames.Creation creation = HostNames.creating()) {
        refuseAtExit();
        Path created = OwnerOnly.createDirectory(parent.resolve(Names.random("nio-tmp-")));
        directories.add(created);
        HostNames.add(this);
        Removal.of(List.of()); // loads the class, which the exit needs
        return created;
      } catch (FileAlreadyExistsException e) {
        // never adopted, whoever made it: another name
      }
    }
  }

  @Override
  public void leave() throws IOException {
    lock.lock();
    try {
      if (--users == 0) {
        List<Path> left = List.copyOf(directories);
        directories.clear();
        HostNames.remove(this);
        Removal.of(left);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void exit() {}

  /** The JDK deletes names of the default file system alone, so these go now. */
  @Override
  public void exitLast() throws IOException {
    if (!HostNames.isEnding()) {
      return;
    }
    Removal.of(List.copyOf(directories));
  }

  @Override
  public boolean registerAbove(Path path) throws IOException {
    for (Path directory : directories) {
      if (path.startsWith(directory)) {
        refuseAtExit();
      }
    }
    return false;
  }

  private void refuseAtExit() throws IOException {
    if (HostNames.isEnding()) {
      throw new FileSystemException(
          parent.toString(), null, "Nothing is created there any more: the JVM is exiting");
    }
  }

  @Override
  public String toString() {
    return directories.toString();
  }
}
