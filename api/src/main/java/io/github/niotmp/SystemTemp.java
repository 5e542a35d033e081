package io.github.niotmp;

import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.internal.report.Notices;
import io.github.niotmp.internal.search.DirectorySearch;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The directory on the host for temporary files: for spill files, unless a setting names another
 * directory, and for files that must be on the disk.
 *
 * <pre>{@code
 * Path shared = SystemTemp.directory();
 * Path scratch = Files.createTempFile(shared, "scratch", ".bin");
 * Files.isRegularFile(scratch); // true
 * Files.delete(scratch);
 * }</pre>
 *
 * <p>The first use searches for it and keeps it. The candidates are {@code java.io.tmpdir} if it is
 * not the platform's default; {@code TMPDIR}, {@code TEMP}, {@code TMP} of the environment; the
 * platform's list; the working directory. The search takes the first one in which it can create a
 * spill file, and logs each refused candidate once, with the reason.
 *
 * <p>Safe for use by any number of threads.
 *
 * <h2>Security</h2>
 *
 * <p>The directory is usually shared with other users. This library creates each entry in it under
 * an unguessable name, never adopts an existing one, and gives permissions only to the owner. If
 * another user can rename or replace entries of the directory, because it is writable for all
 * without the sticky bit or belongs to another user, a {@code tmp:} file system creates only
 * unlinked files in it, unless {@link TmpSettings#TRUST} allows others.
 */
public final class SystemTemp {
  /** The refused candidates that have been logged. */
  private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

  private static volatile @Nullable Path inUse;

  private SystemTemp() {}

  /**
   * Returns the directory in use.
   *
   * <pre>{@code
   * try (TempFile onDisk = TempFile.create(SystemTemp.directory(), "report", ".txt")) {
   *   onDisk.isRolledOver(); // true
   * }
   * }</pre>
   *
   * @return an absolute path; on the default file system, unless the program has set another
   * @throws FileSystemException if no candidate is usable; the message names each one with the
   *     reason
   * @throws IOException if the search fails for another reason
   */
  public static Path directory() throws IOException {
    Path known = inUse;
    if (known == null) {
      Map<Path, String> candidates = DirectorySearch.candidates();
      known =
          DirectorySearch.firstUsable(
              candidates.keySet(),
              (candidate, reason) -> report(candidate, candidates.get(candidate), reason));
      inUse = known;
      Notices.deliver();
    }
    return known;
  }

  private static void report(Path candidate, @Nullable String source, IOException reason) {
    if (REPORTED.add(candidate.toString())) {
      Notices.warn(
          candidate + " (" + source + ") is not taken as temporary directory: " + reason.getCause(),
          null);
    }
  }

  /**
   * Sets the directory for files created after this call.
   *
   * <pre>{@code
   * SystemTemp.setDirectory(scratch);
   * SystemTemp.directory().equals(scratch); // true
   * SystemTemp.setDirectory(null); // to be found again
   * }</pre>
   *
   * @param directory an existing directory on any file system but {@code tmp:}; null to search
   *     again on the next use
   * @throws FileSystemException if no file can be created, written and removed in it; the directory
   *     in use stays
   * @throws IOException if it is not usable for another reason
   * @throws IllegalArgumentException if it is in a {@code tmp:} file system
   */
  @SuppressWarnings("exports") // users compile without the module of the annotation
  public static void setDirectory(@Nullable Path directory) throws IOException {
    if (directory == null) {
      inUse = null;
      return;
    }
    if (directory.getFileSystem().provider().getScheme().equals("tmp")) {
      throw new IllegalArgumentException(
          "directory is "
              + ForeignProvider.text(directory)
              + "; allowed: a directory outside tmp:");
    }
    inUse = DirectorySearch.usable(directory);
  }
}
