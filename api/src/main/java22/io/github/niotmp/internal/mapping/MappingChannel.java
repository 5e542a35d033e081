package io.github.niotmp.internal.mapping;

import static java.util.Objects.requireNonNull;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;

/** A channel that maps into buffers and, in an arena, into segments. */
public abstract class MappingChannel extends FileChannel {
  /** A channel of the JDK without an open file. */
  private static final FileChannel NO_FILE = new FileInputStream(new FileDescriptor()).getChannel();

  /** Creates a channel, for subclasses. */
  protected MappingChannel() {}

  /** Checks the range and the mode, and maps. */
  protected abstract <T> T map(Mapping<T> mapping) throws IOException;

  @Override
  public final MemorySegment map(MapMode mode, long offset, long size, Arena arena)
      throws IOException {
    requireNonNull(mode, "Mode is null");
    requireUsable(arena);
    if (offset < 0) {
      throw new IllegalArgumentException("Requested bytes offset must be >= 0.");
    }
    if (size < 0) {
      throw new IllegalArgumentException("Requested bytes size must be >= 0.");
    }
    try {
      return map(
          new Mapping<>(
              mode,
              offset,
              size,
              (channel, how, position, length) -> segment(channel, how, position, length, arena)));
    } catch (IOException e) {
      requireUsable(arena); // another thread may have closed the arena
      throw e;
    }
  }

  private static MemorySegment segment(
      FileChannel channel, MapMode mode, long offset, long size, Arena arena) throws IOException {
    try {
      return channel.map(mode, offset, size, arena);
    } catch (WrongThreadException e) {
      throw new OtherThreadException(e);
    }
  }

  /**
   * Throws the default provider's exception for an arena that is null, closed or confined to
   * another thread. An arena has no method to ask for its thread, so this maps an invalid range of
   * a channel without a file.
   */
  private static void requireUsable(Arena arena) throws IOException {
    try {
      NO_FILE.map(MapMode.READ_ONLY, -1, 0, arena);
    } catch (IllegalArgumentException e) {
      // the range is refused, which the JDK checks after the arena
    }
  }
}
