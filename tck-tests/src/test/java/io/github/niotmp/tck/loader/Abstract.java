package io.github.niotmp.tck.loader;

import java.nio.file.spi.FileSystemProvider;

/** A provider that cannot be made. */
public abstract class Abstract extends FileSystemProvider {
  /** Nobody can call it. */
  protected Abstract() {}
}
