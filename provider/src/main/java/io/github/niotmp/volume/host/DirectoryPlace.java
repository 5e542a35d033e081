package io.github.niotmp.volume.host;

import java.nio.file.Path;

/** Where a directory is that somebody has open, wherever a rename moves it. */
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
