package io.github.niotmp.host;

import io.github.niotmp.disposable.Names;
import io.github.niotmp.disposable.OwnerOnly;
import io.github.niotmp.disposable.TreeRemoval;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory on the host that one volume has for itself: new, 0700, with a name nobody can guess.
 * It goes with all that is in it.
 */
public final class PrivateDirectory implements Closeable {
  private final Path path;

  private PrivateDirectory(Path path) {
    this.path = path;
  }

  /**
   * Creates an empty one.
   *
   * @param parent an existing directory on any file system
   */
  public static PrivateDirectory create(Path parent) throws IOException {
    while (true) {
      try {
        return new PrivateDirectory(
            Files.createDirectory(
                parent.toAbsolutePath().resolve(Names.random("nio-tmp-")),
                OwnerOnly.directory(parent)));
      } catch (FileAlreadyExistsException e) {
        // never adopted, whoever made it: another name
      }
    }
  }

  /** Returns the absolute path. */
  public Path path() {
    return path;
  }

  /** Removes it with all that is in it; a second call does nothing. */
  @Override
  public void close() throws IOException {
    TreeRemoval.remove(path);
  }
}
