package io.github.niotmp;

/**
 * What {@code persist} does if its target is a symbolic link.
 *
 * <pre>{@code
 * file.persist(target, PersistOptions.defaults().targetLink(TargetLink.REFUSE));
 * }</pre>
 *
 * <h2>Security</h2>
 *
 * <p>Follow a link only where no other user can put one.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>A constant holds nothing open.
 */
public enum TargetLink {
  /**
   * The link is the target: replaced if replacing is allowed, an existing target otherwise. A tree
   * replaces no link, however. The file it leads to is left alone. This is the default.
   */
  REPLACE,
  /** The file that the link leads to is the target, whether or not it exists; the link stays. */
  FOLLOW,
  /** The call fails, even if replacing is allowed. */
  REFUSE
}
