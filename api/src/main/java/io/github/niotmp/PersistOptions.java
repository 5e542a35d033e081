package io.github.niotmp;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.foreign.CallerFailure;
import io.github.niotmp.internal.persist.PersistPlan;
import java.nio.file.CopyOption;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a temporary file or directory becomes a lasting one: a value that never changes.
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
 * <p>Two options are equal if all that was set is equal. Arguments must not be null. Safe for use
 * by any number of threads.
 *
 * <h2>Security</h2>
 *
 * <p>Permissions are in force before the file has its final name.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>Options hold nothing open.
 */
@CheckReturnValue
public final class PersistOptions {
  private static final PersistOptions DEFAULTS =
      new PersistOptions(false, TargetLink.REPLACE, PersistMode.AS_IS, null, false, null);

  private final boolean replaceExisting;
  private final TargetLink targetLink;
  private final PersistMode mode;
  private final @Nullable Set<PosixFilePermission> permissions;
  private final boolean sync;
  private final @Nullable PersistProgress progress;

  private PersistOptions(
      boolean replaceExisting,
      TargetLink targetLink,
      PersistMode mode,
      @Nullable Set<PosixFilePermission> permissions,
      boolean sync,
      @Nullable PersistProgress progress) {
    this.replaceExisting = replaceExisting;
    this.targetLink = targetLink;
    this.mode = mode;
    this.permissions = permissions;
    this.sync = sync;
    this.progress = progress;
  }

  /**
   * Returns the options without any setting: an existing target is refused, the file keeps its own
   * permissions, and the system writes to the device when it sees fit.
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
   * Sets whether an existing target is replaced, in one step.
   *
   * <pre>{@code
   * file.persist(target, PersistOptions.defaults().replaceExisting(true));
   * }</pre>
   *
   * @param replacing false by default
   * @return options that differ in this
   */
  public PersistOptions replaceExisting(boolean replacing) {
    return new PersistOptions(replacing, targetLink, mode, permissions, sync, progress);
  }

  /**
   * Sets what happens if the target is a symbolic link.
   *
   * <pre>{@code
   * file.persist(target, PersistOptions.defaults().targetLink(TargetLink.FOLLOW));
   * }</pre>
   *
   * @param link {@link TargetLink#REPLACE} by default
   * @return options that differ in this
   */
  public PersistOptions targetLink(TargetLink link) {
    return new PersistOptions(
        replaceExisting, requireNonNull(link, "link"), mode, permissions, sync, progress);
  }

  /**
   * Sets where the permissions of the lasting file come from.
   *
   * <pre>{@code
   * file.persist(target, PersistOptions.defaults().mode(PersistMode.UMASK));
   * }</pre>
   *
   * @param mode {@link PersistMode#AS_IS} by default
   * @return options that differ in this; permissions that were given have no effect any more
   */
  public PersistOptions mode(PersistMode mode) {
    return new PersistOptions(
        replaceExisting, targetLink, requireNonNull(mode, "mode"), null, sync, progress);
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
   * @param permissions by default as {@link #mode} has it
   * @return options that differ in this
   */
  public PersistOptions permissions(Set<PosixFilePermission> permissions) {
    return new PersistOptions(
        replaceExisting, targetLink, mode, Set.copyOf(permissions), sync, progress);
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
    return new PersistOptions(replaceExisting, targetLink, mode, permissions, syncing, progress);
  }

  /**
   * Sets who is told how far a copy is. A rename reports nothing.
   *
   * <pre>{@code
   * PersistProgress log = (copied, total) -> System.out.println(copied + " of " + total);
   * file.persist(target, PersistOptions.defaults().progress(log));
   * }</pre>
   *
   * @param progress by default nobody is told
   * @return options that differ in this
   */
  public PersistOptions progress(PersistProgress progress) {
    return new PersistOptions(
        replaceExisting, targetLink, mode, permissions, sync, requireNonNull(progress, "progress"));
  }

  /**
   * Returns the options that copy options stand for.
   *
   * @throws UnsupportedOperationException if there is another than REPLACE_EXISTING
   */
  static PersistOptions of(CopyOption... options) {
    PersistOptions result = DEFAULTS;
    for (CopyOption option : options) {
      if (requireNonNull(option, "option") != StandardCopyOption.REPLACE_EXISTING) {
        throw new UnsupportedOperationException(
            "Option is " + option + "; allowed: REPLACE_EXISTING; see PersistOptions for others");
      }
      result = result.replaceExisting(true);
    }
    return result;
  }

  TargetLink targetLink() {
    return targetLink;
  }

  boolean sync() {
    return sync;
  }

  PersistPlan plan() {
    PersistProgress passing = progress == null ? null : (copied, total) -> report(copied, total);
    return new PersistPlan(replaceExisting, mode, permissions, sync, passing, targetLink);
  }

  private void report(long copied, long total) {
    try {
      requireNonNull(progress).copied(copied, total);
    } catch (RuntimeException e) {
      throw new CallerFailure(e);
    }
  }

  @Override
  @SuppressWarnings("exports") // users need no annotation's module to compile against this one
  public boolean equals(@Nullable Object other) {
    return other instanceof PersistOptions that
        && replaceExisting == that.replaceExisting
        && targetLink == that.targetLink
        && mode == that.mode
        && Objects.equals(permissions, that.permissions)
        && sync == that.sync
        && Objects.equals(progress, that.progress);
  }

  @Override
  public int hashCode() {
    return Objects.hash(replaceExisting, targetLink, mode, permissions, sync, progress);
  }

  /** Returns all settings as text, for logs. */
  @Override
  public String toString() {
    return "PersistOptions[replaceExisting="
        + replaceExisting
        + ", targetLink="
        + targetLink
        + ", "
        + (permissions == null
            ? "mode=" + mode
            : "permissions=" + PosixFilePermissions.toString(permissions))
        + ", sync="
        + sync
        + (progress == null ? "" : ", progress=" + progress)
        + "]";
  }
}
