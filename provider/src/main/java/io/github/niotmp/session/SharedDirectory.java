package io.github.niotmp.session;

import java.nio.file.Path;

/**
 * A directory in which other users can rename and replace entries. Only unlinked files are safe in
 * it: one call creates the file with an unguessable name, and no call opens it by that name again.
 */
public final class SharedDirectory implements DirectoryLease {
  private final Path path;

  /**
   * Takes the directory.
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
