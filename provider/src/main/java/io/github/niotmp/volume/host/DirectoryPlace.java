package io.github.niotmp.volume.host;

import java.nio.file.Path;

/** The current path of an open directory. Renames by this JVM update it. */
final class DirectoryPlace {
  private volatile Path real;

  DirectoryPlace(Path real) {
    this.real = real;
  }

  /** Returns the path on the host, without links. */
  Path real() {
    return real;
  }

  void moved(Path to) {
    real = to;
  }
}
