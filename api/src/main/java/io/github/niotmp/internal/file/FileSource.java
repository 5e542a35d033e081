package io.github.niotmp.internal.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.util.Set;

/**
 * Where the bytes of a temporary file are at this moment. Safe for use by any number of threads.
 */
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

  /** Works on the file; may be called again if the channel was closed by another thread. */
  @FunctionalInterface
  interface Operation<T> {
    /** Does the work. */
    T on(Current file) throws IOException;
  }

  /**
   * Returns the file that the owner means.
   *
   * @throws java.nio.file.NoSuchFileException if its name is gone, or leads to a file that is not
   *     followed
   */
  Current current() throws IOException;

  /** Returns the same, or the last one if the name leads to no such file any more. */
  Current currentOrLast() throws IOException;

  /** Returns the channel of the last look-up, whether or not it is open. */
  FileChannel last();

  /**
   * Writes all bytes at the end of the file, wherever other programs have moved it.
   *
   * @return the end after them
   */
  long append(ByteBuffer bytes) throws IOException;

  /** Opens the file once more, and no other. */
  FileChannel open(Set<? extends OpenOption> options) throws IOException;

  /** Says whether {@link #open} can open the file while this channel is open. */
  boolean canBeOpened();

  /**
   * Says whether the file has a name that may be moved: not if another user can put another file in
   * its place.
   */
  boolean canBeMoved() throws IOException;

  /** Closes the channel. {@link #current} may open another. */
  void release() throws IOException;

  /** Closes the channel for good. */
  @Override
  void close() throws IOException;

  /**
   * Applies an operation, and again if another thread closed the channel meanwhile, because it
   * found that the file was replaced or was interrupted.
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
