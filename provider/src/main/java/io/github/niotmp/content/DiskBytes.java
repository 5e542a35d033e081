package io.github.niotmp.content;

import io.github.niotmp.internal.mapping.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a file that rolled over, in a file of their own on the disk. */
abstract sealed class DiskBytes extends Bytes permits SpilledBytes, HostBytes {
  private boolean forBudget;

  /** Records that the memory budget caused the roll-over. */
  void setForBudget() {
    forBudget = true;
  }

  /** Says whether the memory budget caused the roll-over. */
  boolean isForBudget() {
    return forBudget;
  }

  @Override
  abstract long accountedSize();

  /**
   * Says whether a mapping or a name on the host refers to this file, so that it must not be
   * replaced.
   */
  abstract boolean isAliased();

  /** Writes all of {@code source}; a gap before it reads as zeros. */
  abstract void write(ByteBuffer source, long position) throws IOException;

  /** Writes the write buffer to the file. */
  abstract void flush() throws IOException;

  /** Forces the flushed bytes to the device. */
  abstract void force(boolean metaData) throws IOException;

  /** Maps a range, and extends the file to the end of it. */
  abstract <T> T map(Mapping<T> mapping) throws IOException;
}
