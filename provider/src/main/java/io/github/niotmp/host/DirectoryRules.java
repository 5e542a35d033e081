package io.github.niotmp.host;

import io.github.niotmp.TmpSettings.Trust;

/**
 * The rules for a directory on the host that files are made in.
 *
 * @param trust whether a file may have a name where another user can replace it
 * @param ownersOnly whether a directory is refused that others can enter, since its file system
 *     ignores permissions
 */
public record DirectoryRules(Trust trust, boolean ownersOnly) {
  /** The default of each setting. */
  public static final DirectoryRules STRICT = new DirectoryRules(Trust.STRICT, true);
}
