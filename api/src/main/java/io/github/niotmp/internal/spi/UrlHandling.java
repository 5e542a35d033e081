package io.github.niotmp.internal.spi;

import java.net.URLStreamHandler;

/** A file system whose files have URLs. The provider's file systems implement it. */
public interface UrlHandling {
  /** Returns the handler that opens connections to the files, wherever it is looked for. */
  URLStreamHandler urlHandler();
}
