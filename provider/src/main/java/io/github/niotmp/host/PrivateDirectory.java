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
 * A directory on the host that one volume has for itself: new, 0700, with a name nobody can guess.
 * It goes with all that is in it.
 */
public final class PrivateDirectory implements Closeable {
  private final DirectoryLease place;
  private final Path path;
  private boolean left;

  private PrivateDirectory(DirectoryLease place, Path path) {
    this.place = place;
    this.path = path;
  }

  /** Creates an empty one, where no other user can replace it. */
  public static PrivateDirectory create(Path parent) throws IOException {
    return create(parent, DirectoryRules.STRICT);
  }

  /**
   * Creates an empty one.
   *
   * @param parent an existing directory on any file system
   * @param rules what the directory must be
   * @throws java.nio.file.FileSystemException if it cannot be created, whatever the provider
   *     throws; it names {@code parent}, the reason and what to set. Nothing is left there
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
   * Removes it with all that is in it. If that failed, another call tries again. If it failed since
   * the exit of the JVM removes the rest, the place stays in use, so that the exit finds it. One
   * thread calls this at a time.
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
