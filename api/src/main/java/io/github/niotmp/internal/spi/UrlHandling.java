package io.github.niotmp.internal.spi;

import java.net.URLStreamHandler;

/** A file system with URLs for its files. The provider's file systems implement it. */
public interface UrlHandling {
  /** Returns the handler that opens connections to the files of all {@code tmp:} file systems. */
  URLStreamHandler urlHandler();
}
