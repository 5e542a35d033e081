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
  /** A channel of the JDK on no file at all. */
  private static final FileChannel NO_FILE = new FileInputStream(new FileDescriptor()).getChannel();

  /** For the channels that map. */
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
      requireUsable(arena); // another thread may have closed it meanwhile
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
   * Throws what the default provider throws for an arena that is null, closed or of another thread.
   * No method of an arena tells the thread, and a range that no file has tells it without a file.
   */
  private static void requireUsable(Arena arena) throws IOException {
    try {
      NO_FILE.map(MapMode.READ_ONLY, -1, 0, arena);
    } catch (IllegalArgumentException e) {
      // refused for the range, which is checked after the arena
    }
  }
}
