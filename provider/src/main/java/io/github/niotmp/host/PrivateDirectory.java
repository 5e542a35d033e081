package io.github.niotmp.host;

import io.github.niotmp.internal.cleanup.HostNames;
import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.cleanup.TreeRemoval;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.session.DirectoryLease;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A new directory on the host for one volume, mode 0700, with a random name. Closing it removes it
 * with all its contents.
 */
public final class PrivateDirectory implements Closeable {
  private final DirectoryLease place;
  private final Path path;
  private boolean left;

  private PrivateDirectory(DirectoryLease place, Path path) {
    this.place = place;
    this.path = path;
  }

  /** Creates an empty directory in a place where no other user can replace it. */
  public static PrivateDirectory create(Path parent) throws IOException {
    return create(parent, DirectoryRules.STRICT);
  }

  /**
   * Creates an empty directory.
   *
   * @param parent an existing directory on any file system
   * @param rules the checks of {@code parent}
   * @throws java.nio.file.FileSystemException if it cannot be created; names {@code parent}, the
   *     reason and the setting. This leaves no file behind
   */
  public static PrivateDirectory create(Path parent, DirectoryRules rules) throws IOException {
    try {
      return createIn(SpillLocations.in(parent, rules).forNamed(), rules.ownersOnly());
    } catch (IOException | RuntimeException e) {
      throw HostErrors.of(parent, e);
    }
  }

  @SuppressWarnings("try") // the exit of the JVM waits for the creation
  private static PrivateDirectory createIn(DirectoryLease place, boolean ownersOnly)
      throws IOException {
    Path path = place.enter().resolve(Names.random("tree-"));
    try (HostNames.Creation creation = HostNames.creating(path)) {
      return new PrivateDirectory(place, OwnerOnly.createDirectory(path, ownersOnly));
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, place::leave);
      throw e;
    }
  }

  /** Returns the absolute path. */
  public Path path() {
    return path;
  }

  /**
   * Removes the directory with all its contents. After a failure another call retries. If it fails
   * during the exit of the JVM, it keeps the lease, so that the exit finds the directory and
   * removes the rest. One thread at a time calls this.
   */
  @Override
  public void close() throws IOException {
    Closer closer = new Closer();
    boolean removed = closer.close(() -> TreeRemoval.remove(path));
    if (removed || !HostNames.isEnding()) {
      closer.close(left ? place::removeRest : place::leave);
      left = true;
    }
    closer.finish();
  }
}
