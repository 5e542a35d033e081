package io.github.niotmp;

import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * How a temporary file becomes a lasting one: a value that never changes.
 *
 * <pre>{@code
 * PersistOptions published =
 *     PersistOptions.defaults()
 *         .replaceExisting(true)
 *         .permissions(PosixFilePermissions.fromString("rw-r--r--"))
 *         .sync(true);
 * file.persist(target, published);
 * }</pre>
 *
 * <p>Arguments must not be null. Safe for use by any number of threads.
 *
 * <h2>Security</h2>
 *
 * <p>Permissions are in force before the file has its final name.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>Options are not to be closed.
 */
public final class PersistOptions {
  private static final PersistOptions DEFAULTS = new PersistOptions(false, Optional.empty(), false);

  private final boolean replaceExisting;
  private final Optional<Set<PosixFilePermission>> permissions;
  private final boolean sync;

  private PersistOptions(
      boolean replaceExisting, Optional<Set<PosixFilePermission>> permissions, boolean sync) {
    this.replaceExisting = replaceExisting;
    this.permissions = permissions;
    this.sync = sync;
  }

  /**
   * Returns the options that apply where nothing else is said: an existing target is left alone,
   * permissions stay, and the system writes to the device when it sees fit.
   *
   * <pre>{@code
   * file.persist(target, PersistOptions.defaults()); // as file.persist(target)
   * }</pre>
   *
   * @return the defaults
   */
  public static PersistOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Sets whether a target that exists is replaced, in one step.
   *
   * <pre>{@code
   * file.persist(target, PersistOptions.defaults().replaceExisting(true));
   * }</pre>
   *
   * @param replacing false by default
   * @return options that differ in this
   */
  public PersistOptions replaceExisting(boolean replacing) {
    return new PersistOptions(replacing, permissions, sync);
  }

  /**
   * Sets the permissions of the lasting file, whatever the umask.
   *
   * <pre>{@code
   * file.persist(
   *     target,
   *     PersistOptions.defaults().permissions(PosixFilePermissions.fromString("rw-r-----")));
   * }</pre>
   *
   * @param permissions by default those of the temporary file
   * @return options that differ in this
   */
  public PersistOptions permissions(Set<PosixFilePermission> permissions) {
    return new PersistOptions(replaceExisting, Optional.of(Set.copyOf(permissions)), sync);
  }

  /**
   * Sets whether file and directory are on the device before {@code persist} returns.
   *
   * <pre>{@code
   * file.persist(target, PersistOptions.defaults().sync(true));
   * }</pre>
   *
   * @param syncing false by default; a copy to another device is synchronised before it gets its
   *     name in any case
   * @return options that differ in this
   */
  public PersistOptions sync(boolean syncing) {
    return new PersistOptions(replaceExisting, permissions, syncing);
  }

  boolean replaceExisting() {
    return replaceExisting;
  }

  Optional<Set<PosixFilePermission>> permissions() {
    return permissions;
  }

  boolean sync() {
    return sync;
  }
}
