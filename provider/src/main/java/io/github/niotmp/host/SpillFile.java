package io.github.niotmp.host;

import io.github.niotmp.internal.mapping.Mapping;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file on the host that holds what does not fit into memory. It is gone when it is closed, and
 * where the host allows it, has no name from the start, unless other programs are to open it.
 *
 * <p>No method is disturbed by an interrupt of the thread that calls it; the interrupt status stays
 * set. Reads may run in parallel with each other and with writes of other bytes. After {@link
 * #close()} methods throw {@link java.nio.channels.ClosedChannelException}.
 */
public abstract sealed class SpillFile implements Closeable
    permits ChannelSpillFile, SharedSpillFile, HostFile {

  /**
   * The JDK copies a heap buffer to memory off the heap, as large as the buffer, and keeps that.
   */
  private static final int LARGEST_STEP = 128 * 1024;

  private final SpillDirectory directory;

  /** Takes part in what {@code directory} closes. */
  SpillFile(SpillDirectory directory) {
    this.directory = directory;
  }

  /** Reads at {@code position} until {@code target} is full or the file ends; returns the count. */
  public final int read(ByteBuffer target, long position) throws IOException {
    int start = target.position();
    int limit = target.limit();
    try {
      while (target.position() < limit) {
        target.limit(Math.min(limit, target.position() + LARGEST_STEP));
        if (!readStep(target, position + target.position() - start)) {
          break;
        }
      }
      return target.position() - start;
    } finally {
      target.limit(limit);
    }
  }

  /**
   * Reads at {@code position} until {@code target} is full.
   *
   * @throws EOFException if the file ends before: somebody else has cut it off
   */
  public final void readAll(ByteBuffer target, long position) throws IOException {
    int length = target.remaining();
    int count = read(target, position);
    if (count < length) {
      throw new EOFException(
          "The spill file was cut off at "
              + (position + count)
              + ", though it was written further");
    }
  }

  /**
   * Writes all of {@code source} at {@code position}. After an exception some of it may be written.
   */
  public final void write(ByteBuffer source, long position) throws IOException {
    int start = source.position();
    int limit = source.limit();
    try {
      while (source.position() < limit) {
        source.limit(Math.min(limit, source.position() + LARGEST_STEP));
        writeStep(source, position + source.position() - start);
      }
    } catch (IOException e) {
      throw directory.failure(e);
    } finally {
      source.limit(limit);
    }
  }

  /** Cuts the file to {@code size}; does nothing to one that is not longer. */
  public abstract void truncate(long size) throws IOException;

  /** Forces what was written to the device. */
  public abstract void force(boolean metaData) throws IOException;

  /**
   * Maps a range; a file that ends before it is extended first. The mapping outlives this file.
   *
   * @throws UnsupportedOperationException if the host's provider cannot map
   */
  public abstract <T> T map(Mapping<T> mapping) throws IOException;

  /** Frees the bytes and the descriptor; a second call does nothing. */
  @Override
  public final void close() throws IOException {
    if (directory.forget(this)) {
      directory.close(this);
    }
  }

  /** Reads some bytes, at least one; false at the end. */
  abstract boolean readStep(ByteBuffer target, long position) throws IOException;

  /** Writes some bytes, at least one. */
  abstract void writeStep(ByteBuffer source, long position) throws IOException;

  /** Says whether the host shows a name for this file until it is closed. */
  abstract boolean hasName();

  /**
   * Closes and removes what is on the host. If it fails, it is called again as the directory
   * closes.
   */
  abstract void closeHost() throws IOException;
}
