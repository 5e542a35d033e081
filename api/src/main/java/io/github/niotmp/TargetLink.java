package io.github.niotmp;

/**
 * How {@code persist} treats a symbolic link at its target.
 *
 * <pre>{@code
 * file.persist(target, PersistOptions.defaults().targetLink(TargetLink.REFUSE));
 * }</pre>
 *
 * <p>Follow a link only where no other user can create one.
 */
public enum TargetLink {
  /**
   * The link itself is the target: it is replaced if replacing is allowed, and refused as an
   * existing target otherwise. A tree never replaces a link. The file behind the link is unchanged.
   * This is the default.
   */
  REPLACE,
  /** The path behind the link is the target, which need not exist; the link stays. */
  FOLLOW,
  /** The call fails, even if replacing is allowed. */
  REFUSE
}
