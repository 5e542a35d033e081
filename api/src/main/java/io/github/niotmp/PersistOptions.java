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
 * The options of {@code persist}, which gives a temporary file or directory its final name; an
 * immutable value.
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
 * <p>Two options are equal if all settings are equal. Arguments must not be null. Safe for use by
 * any number of threads.
 *
 * <p>The file gets its permissions before its final name.
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
   * Returns the default options: an existing target is refused, the file keeps its own permissions,
   * and the bytes are not synchronised with the device.
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
   * Sets whether an existing target is replaced atomically.
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
   * Sets how a symbolic link at the target is treated.
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
   * Sets the source of the permissions of the target.
   *
   * <pre>{@code
   * file.persist(target, PersistOptions.defaults().mode(PersistMode.UMASK));
   * }</pre>
   *
   * @param mode {@link PersistMode#AS_IS} by default
   * @return options that differ in this; it cancels earlier {@link #permissions}
   */
  public PersistOptions mode(PersistMode mode) {
    return new PersistOptions(
        replaceExisting, targetLink, requireNonNull(mode, "mode"), null, sync, progress);
  }

  /**
   * Sets the permissions of the target, independent of the umask.
   *
   * <pre>{@code
   * file.persist(
   *     target,
   *     PersistOptions.defaults().permissions(PosixFilePermissions.fromString("rw-r-----")));
   * }</pre>
   *
   * @param permissions by default {@link #mode} decides
   * @return options that differ in this
   */
  public PersistOptions permissions(Set<PosixFilePermission> permissions) {
    return new PersistOptions(
        replaceExisting, targetLink, mode, Set.copyOf(permissions), sync, progress);
  }

  /**
   * Sets whether {@code persist} synchronises file and directory with the device before it returns.
   *
   * <pre>{@code
   * file.persist(target, PersistOptions.defaults().sync(true));
   * }</pre>
   *
   * @param syncing false by default; a copy to another device is always synchronised before it gets
   *     its name
   * @return options that differ in this
   */
  public PersistOptions sync(boolean syncing) {
    return new PersistOptions(replaceExisting, targetLink, mode, permissions, syncing, progress);
  }

  /**
   * Sets a listener for the progress of a copy. A rename does not call it.
   *
   * <pre>{@code
   * PersistProgress log = (copied, total) -> System.out.println(copied + " of " + total);
   * file.persist(target, PersistOptions.defaults().progress(log));
   * }</pre>
   *
   * @param progress by default there is no listener
   * @return options that differ in this
   */
  public PersistOptions progress(PersistProgress progress) {
    return new PersistOptions(
        replaceExisting, targetLink, mode, permissions, sync, requireNonNull(progress, "progress"));
  }

  /**
   * Converts copy options.
   *
   * @throws UnsupportedOperationException if an option is not REPLACE_EXISTING
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
  @SuppressWarnings("exports") // users compile without the module of the annotation
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
