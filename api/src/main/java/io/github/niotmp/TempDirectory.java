package io.github.niotmp;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directory on the host that spill files go to where no setting names another.
 *
 * <p>It is found when it is first needed. A program that knows better sets it here:
 *
 * <pre>{@code
 * TempDirectory.setOverride(Path.of("/var/scratch"));
 * }</pre>
 *
 * <p>Safe for use by any number of threads.
 */
public final class TempDirectory {
  private static volatile @Nullable Path override;

  private TempDirectory() {}

  /**
   * Returns the directory that the program has set.
   *
   * @return the directory, or nothing if the program has set none
   */
  public static Optional<Path> override() {
    return Optional.ofNullable(override);
  }

  /**
   * Sets the directory for all spill files created from now on.
   *
   * @param directory an existing directory on any file system; null to have it found again
   */
  @SuppressWarnings("exports") // users need no annotation's module to compile against this one
  public static void setOverride(@Nullable Path directory) {
    override = directory;
  }
}
