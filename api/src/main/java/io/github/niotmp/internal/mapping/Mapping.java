package io.github.niotmp.internal.mapping;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/**
 * A range of a file to map, and the method of {@link FileChannel} that maps it.
 *
 * @param <T> the result: a buffer or a segment
 * @param size bytes; more than {@link Integer#MAX_VALUE} for a segment only
 */
public record Mapping<T>(MapMode mode, long position, long size, Method<T> method) {

  /** A method of {@link FileChannel}. */
  @FunctionalInterface
  public interface Method<T> {
    /** Maps a range. */
    T map(FileChannel channel, MapMode mode, long position, long size) throws IOException;
  }

  /**
   * Returns the mapping of a range into a buffer.
   *
   * @param size at most {@link Integer#MAX_VALUE}
   */
  public static Mapping<MappedByteBuffer> buffer(MapMode mode, long position, long size) {
    return new Mapping<>(mode, position, size, FileChannel::map);
  }

  /** Returns the position after the range; negative on overflow. */
  public long end() {
    return position + size;
  }

  /**
   * Maps the range through a channel.
   *
   * @throws OtherThreadException if the mapping's arena is confined to another thread
   * @throws UnsupportedOperationException if the channel has no such method
   */
  public T through(FileChannel channel) throws IOException {
    return method.map(channel, mode, position, size);
  }
}
