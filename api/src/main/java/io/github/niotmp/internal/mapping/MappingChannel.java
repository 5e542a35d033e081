package io.github.niotmp.internal.mapping;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * A channel that maps in whatever way the JDK has. From Java 22 on, the class of this name in
 * {@code src/main/java22} takes the place of this one, and maps into segments too.
 */
public abstract class MappingChannel extends FileChannel {
  /** For the channels that map. */
  protected MappingChannel() {}

  /** Checks the range and the mode, and maps. */
  protected abstract <T> T map(Mapping<T> mapping) throws IOException;
}
