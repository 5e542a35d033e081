package io.github.niotmp.internal.trust;

import java.nio.file.Path;

/**
 * A step of a path, a directory or a link, that another user can replace, or in which another user
 * can replace entries.
 *
 * @param path the absolute path of the step, with no link above it
 * @param reason a sentence without a full stop
 */
public record UnsafeStep(Path path, String reason) {
  /** Returns the path and the reason. */
  @Override
  public String toString() {
    return path + ": " + reason;
  }
}
