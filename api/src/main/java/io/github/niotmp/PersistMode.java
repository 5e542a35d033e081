package io.github.niotmp;

/**
 * The source of the permissions of a persisted file, unless {@link PersistOptions#permissions} sets
 * them.
 *
 * <pre>{@code
 * file.persist(target, PersistOptions.defaults().mode(PersistMode.UMASK));
 * }</pre>
 *
 * <p>A file under its final name never has more permissions than the constant allows, not even for
 * a moment.
 */
public enum PersistMode {
  /**
   * The permissions of the temporary file: 0600 for a file and 0700 for a directory, unless they
   * were changed. This is the default.
   */
  AS_IS,
  /** The permissions of the replaced target; {@link #AS_IS} if no target exists. */
  AS_REPLACED,
  /**
   * The default permissions of a new file: 0666 for a file and 0777 for a directory, less the umask
   * of this process. A file executable by its owner also becomes executable for the classes that
   * the umask allows.
   */
  UMASK,
  /** For the owner only: 0600 for a file, 0700 for a directory. */
  OWNER_ONLY
}
