package io.github.niotmp.internal.mapping;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * A channel that passes each kind of mapping to one method. From Java 22 on, the class of this name
 * in {@code src/main/java22} replaces this one, and also maps into segments.
 */
public abstract class MappingChannel extends FileChannel {
  /** Creates a channel, for subclasses. */
  protected MappingChannel() {}

  /** Checks the range and the mode, and maps. */
  protected abstract <T> T map(Mapping<T> mapping) throws IOException;
}
