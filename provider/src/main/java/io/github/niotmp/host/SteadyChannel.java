package io.github.niotmp.host;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A channel that no interrupt closes; the interrupt status of the thread stays set. Reads may run
 * in parallel with each other and with writes of other bytes. After {@link #close()} methods throw
 * {@link java.nio.channels.ClosedChannelException}.
 */
sealed interface SteadyChannel extends Closeable
    permits DescriptorChannel, ShieldedChannel, DirectoryChannel {
  /** Reads some bytes, at least one; -1 at the end. */
  int read(ByteBuffer target, long position) throws IOException;

  /** Writes some bytes, at least one. */
  int write(ByteBuffer source, long position) throws IOException;

  /** Cuts the file to {@code size}; does nothing to one that is not longer. */
  void truncate(long size) throws IOException;

  /** Forces what was written to the device. */
  void force(boolean metaData) throws IOException;

  /** Returns the size at this moment, whoever wrote last. */
  long size() throws IOException;
}
