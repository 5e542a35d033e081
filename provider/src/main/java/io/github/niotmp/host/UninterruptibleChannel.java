package io.github.niotmp.host;

import io.github.niotmp.internal.mapping.Mapping;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A channel that an interrupt does not close; the interrupt status of the thread stays set. Reads
 * may run in parallel with each other and with writes of other bytes. After {@link #close()}
 * methods throw {@link java.nio.channels.ClosedChannelException}.
 */
sealed interface UninterruptibleChannel extends Closeable
    permits DescriptorChannel, OffThreadChannel, ExtentChannel, DirectoryChannel {
  /**
   * The largest transfer, in bytes, because the JDK copies a heap buffer to a direct buffer of its
   * size, which each thread keeps.
   */
  int STEP = 128 * 1024;

  /** Reads some bytes, at least one; -1 at the end. */
  int read(ByteBuffer target, long position) throws IOException;

  /** Writes some bytes, at least one. */
  int write(ByteBuffer source, long position) throws IOException;

  /** Reads until {@code target} is full or the file ends; returns the count. */
  default int readFully(ByteBuffer target, long position) throws IOException {
    int start = target.position();
    int limit = target.limit();
    try {
      int count = 0;
      while (count >= 0 && target.position() < limit) {
        target.limit(Math.min(limit, target.position() + STEP));
        count = read(target, position + target.position() - start);
      }
      return target.position() - start;
    } finally {
      target.limit(limit);
    }
  }

  /** Writes all of {@code source}. After an exception some of it may be written. */
  default void writeFully(ByteBuffer source, long position) throws IOException {
    int start = source.position();
    int limit = source.limit();
    try {
      while (source.position() < limit) {
        source.limit(Math.min(limit, source.position() + STEP));
        write(source, position + source.position() - start);
      }
    } finally {
      source.limit(limit);
    }
  }

  /** Cuts the file to {@code size}; has no effect on a shorter one. */
  void truncate(long size) throws IOException;

  /** Forces the written bytes to the device. */
  void force(boolean metaData) throws IOException;

  /** Returns the current size. */
  long size() throws IOException;

  /**
   * Maps a range; extends a shorter file first, if this channel is open for writing. The mapping
   * outlives the channel.
   *
   * @param name a path that may lead to the file; null if it is unlinked
   * @throws NotReopenableException if the channel must reopen the file to map it, and neither the
   *     name nor a descriptor certainly leads to it
   * @throws UnsupportedOperationException if the host's provider cannot map
   */
  <T> T map(Mapping<T> mapping, @Nullable Path name) throws IOException;
}
