package io.github.niotmp.session;

import java.nio.file.Path;

/**
 * A directory in which other users can rename and replace entries. Only a file whose name is gone
 * once it is open is safe there: it is created by one call with a name that nobody can guess, and
 * never opened again by that name.
 */
public final class SharedDirectory implements DirectoryLease {
  private final Path path;

  /**
   * Names the directory.
   *
   * @param path an existing directory, which stays
   */
  public SharedDirectory(Path path) {
    this.path = path.toAbsolutePath();
  }

  @Override
  public Path enter() {
    return path;
  }

  @Override
  public void leave() {}

  @Override
  public boolean isPrivate() {
    return false;
  }
}
