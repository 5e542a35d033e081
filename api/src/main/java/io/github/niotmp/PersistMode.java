package io.github.niotmp;

/**
 * Where the permissions of a persisted file come from, if they are not given by {@link
 * PersistOptions#permissions}.
 *
 * <pre>{@code
 * file.persist(target, PersistOptions.defaults().mode(PersistMode.UMASK));
 * }</pre>
 *
 * <h2>Security</h2>
 *
 * <p>A file never has more permissions under its final name than the constant says, not even for a
 * moment.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>A constant holds nothing open.
 */
public enum PersistMode {
  /**
   * Those of the temporary file: 0600 for a file and 0700 for a directory, unless they were changed
   * since. This is the default.
   */
  AS_IS,
  /** Those of the target that is replaced; as {@link #AS_IS} if there is none. */
  AS_REPLACED,
  /**
   * Those that any program's new file gets: 0666 for a file and 0777 for a directory, less the
   * umask of this process. The owner's executable bit of a file is kept and extended to all whom
   * the umask allows.
   */
  UMASK,
  /** The owner's alone: 0600 for a file, 0700 for a directory. */
  OWNER_ONLY
}
