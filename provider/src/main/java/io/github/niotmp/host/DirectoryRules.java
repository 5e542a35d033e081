package io.github.niotmp.host;

import io.github.niotmp.TmpSettings.Trust;

/**
 * The checks of a directory on the host in which files are created.
 *
 * @param trust whether a file may have a name in a place where another user can replace it
 * @param ownersOnly whether to refuse a directory that other users can enter, because its file
 *     system ignores permissions
 */
public record DirectoryRules(Trust trust, boolean ownersOnly) {
  /** The default of each setting. */
  public static final DirectoryRules STRICT = new DirectoryRules(Trust.STRICT, true);
}
