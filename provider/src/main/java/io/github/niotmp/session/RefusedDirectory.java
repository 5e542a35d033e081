package io.github.niotmp.session;

import io.github.niotmp.internal.trust.UnsafeStep;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * A temporary directory in which no file may have a name, because another user could replace the
 * file.
 */
public final class RefusedDirectory implements DirectoryLease {
  private final Path parent;
  private final UnsafeStep unsafe;

  /**
   * Takes the directory and the reason for the refusal.
   *
   * @param unsafe a step of the path of {@code parent}
   */
  public RefusedDirectory(Path parent, UnsafeStep unsafe) {
    this.parent = parent;
    this.unsafe = unsafe;
  }

  @Override
  public Path enter() throws FileSystemException {
    throw new FileSystemException(
        parent.toString(),
        null,
        "No file can safely have a name there: "
            + unsafe
            + "; set TMPDIR or the setting 'directory' to a directory of your own, or the setting"
            + " 'trust' to any");
  }

  @Override
  public void leave() {}
}
