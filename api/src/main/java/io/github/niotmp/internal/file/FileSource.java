package io.github.niotmp.internal.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.util.Set;

/** Finds the current file behind a temporary file's name. Safe for use by any number of threads. */
public interface FileSource extends Closeable {
  /**
   * An open channel on the file.
   *
   * @param replacements how often another file has taken the name so far
   */
  record Current(FileChannel channel, int replacements) {}

  /** Finds the file. */
  @FunctionalInterface
  interface LookUp {
    /** Returns the file. */
    Current find() throws IOException;
  }

  /** An operation on the file; it runs again if another thread closed the channel meanwhile. */
  @FunctionalInterface
  interface Operation<T> {
    /** Runs the operation. */
    T on(Current file) throws IOException;
  }

  /**
   * Returns the file that currently has the name.
   *
   * @throws java.nio.file.NoSuchFileException if the name does not exist, or belongs to an
   *     untrusted file
   */
  Current current() throws IOException;

  /** Returns the same; if the name has no trusted file, the last file. */
  Current currentOrLast() throws IOException;

  /** Returns the channel of the last look-up, which may be closed. */
  FileChannel last();

  /**
   * Writes all bytes at the current end of the file, which other programs may have moved.
   *
   * @return the end after them
   */
  long append(ByteBuffer bytes) throws IOException;

  /** Opens this file once more; fails if another file has its name. */
  FileChannel open(Set<? extends OpenOption> options) throws IOException;

  /** Says whether {@link #open} can open the file while this channel is open. */
  boolean canBeOpened();

  /**
   * Says whether the file has a name that is safe to rename: no other user can replace the file.
   */
  boolean canBeMoved() throws IOException;

  /** Closes the channel; {@link #current} may open a new one. */
  void release() throws IOException;

  /** Closes the channel permanently. */
  @Override
  void close() throws IOException;

  /**
   * Applies an operation. Repeats it if another thread closed the channel meanwhile, because that
   * thread was interrupted or found that the file was replaced.
   */
  static <T> T apply(LookUp lookUp, Operation<T> operation) throws IOException {
    Current now = lookUp.find();
    while (true) {
      try {
        return operation.on(now);
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (ClosedChannelException e) {
        now = next(lookUp, now, e);
      }
    }
  }

  private static Current next(LookUp lookUp, Current before, ClosedChannelException failure)
      throws IOException {
    Current next;
    try {
      next = lookUp.find();
    } catch (ClosedChannelException e) {
      throw failure;
    }
    if (next.channel() == before.channel()) {
      throw failure;
    }
    return next;
  }
}
