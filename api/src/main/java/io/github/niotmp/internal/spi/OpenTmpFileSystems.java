package io.github.niotmp.internal.spi;

import java.io.IOException;

/** All {@code tmp:} file systems that are open. The provider's file systems implement it. */
public interface OpenTmpFileSystems {
  /**
   * Closes all, the default one too, which opens anew when it is used again.
   *
   * @throws IOException if that failed for some; the first failure, with the others suppressed
   */
  void closeAll() throws IOException;
}
