package io.github.niotmp.channel;

import io.github.niotmp.internal.mapping.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;

/** Checks of a channel's arguments, with the messages of the JDK. */
final class ChannelArguments {
  private ChannelArguments() {}

  static void checkPosition(long position) {
    if (position < 0) {
      throw new IllegalArgumentException("Negative position");
    }
  }

  static void checkRange(long position, long count) {
    if (position < 0 || count < 0) {
      throw new IllegalArgumentException("Negative position or count");
    }
  }

  static void checkNotReadOnly(ByteBuffer target) {
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("Read-only buffer");
    }
  }

  /** Checks the size of a buffer before all other arguments, as the default provider does. */
  static void checkSizeOfMapping(long size) {
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("Size exceeds Integer.MAX_VALUE");
    }
  }

  static void checkMapping(Mapping<?> mapping) {
    checkPosition(mapping.position());
    if (mapping.size() < 0) {
      throw new IllegalArgumentException("Negative size");
    }
    if (mapping.end() < 0) {
      throw new IllegalArgumentException("Position + size overflow");
    }
  }

  /** Refuses the modes for persistent memory, as the default provider does on other disks. */
  static void checkMode(MapMode mode) throws IOException {
    if (mode != MapMode.READ_ONLY && mode != MapMode.READ_WRITE && mode != MapMode.PRIVATE) {
      throw new IOException("Operation not supported: mode " + mode);
    }
  }
}
