package io.github.niotmp.internal.spi;

import java.io.IOException;

/** Access to all open {@code tmp:} file systems. The provider's file systems implement it. */
public interface OpenTmpFileSystems {
  /**
   * Closes all, also the default one, whose next use opens a new one.
   *
   * @throws IOException the first failure, with the others suppressed in it
   */
  void closeAll() throws IOException;
}
