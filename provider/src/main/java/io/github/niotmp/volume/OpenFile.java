package io.github.niotmp.volume;

import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.path.TmpPath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * An open regular file, or a directory open for reading. Reads of a directory fail with
 * FileSystemException, "Is a directory". The channels on it keep the position, react to interrupts
 * and check the mode. An unlinked file lives until its last open file is closed.
 *
 * <p>Safe for use by any number of threads; reads run in parallel. Callers pass no negative
 * position or count, and their sum does not overflow. A call after {@link #close()}, or overtaken
 * by it, throws {@link java.nio.channels.ClosedChannelException}. A write that fails leaves none of
 * its bytes in the file. A write that succeeds writes the whole buffer, unless the disk of the host
 * fills up: then it writes at least one byte, and the position of the buffer shows how many.
 */
public interface OpenFile extends Closeable {

  /** Returns how it was opened. */
  OpenMode mode();

  /** Returns the path it was opened by, for messages. */
  Path openedAs();

  /** Returns the identity of this file, equal for each handle on it. */
  Object fileKey();

  /**
   * Reads bytes at {@code position}. Returns their number, at least 1; 0 if {@code target} is full;
   * -1 at the end of the file.
   */
  int read(ByteBuffer target, long position) throws IOException;

  /** Reads into an array; the caller has checked the range. */
  int read(byte[] target, int offset, int length, long position) throws IOException;

  /** Writes {@code source} at {@code position}; a gap before it reads as zeros. */
  void write(ByteBuffer source, long position) throws IOException;

  /** Writes all of a range of an array, which the caller has checked. */
  void write(byte[] source, int offset, int length, long position) throws IOException;

  /** Appends {@code source} atomically; returns the end of the file after it. */
  long append(ByteBuffer source) throws IOException;

  /** Appends all of a range of an array, which the caller has checked. */
  long append(byte[] source, int offset, int length) throws IOException;

  /**
   * Checks that the limits let the file grow to {@code end}, before a long transfer begins. A later
   * write can reach them all the same.
   *
   * @throws io.github.niotmp.TmpLimitException if a limit is lower
   */
  void checkLimits(long end) throws IOException;

  /** Returns the size in bytes. */
  long size() throws IOException;

  /** Cuts the file to {@code size}; has no effect on a shorter one. */
  void truncate(long size) throws IOException;

  /** Forces the bytes to the device, if the file is on the host. */
  void force(boolean metaData) throws IOException;

  /**
   * Rolls the file over and maps it, in any mode; extends it first if the range lies beyond its end
   * and it was opened for writing.
   *
   * @throws IOException if the range lies beyond the end and the file was not opened for writing
   */
  <T> T map(Mapping<T> mapping) throws IOException;

  /** Returns the attributes of the file. */
  FileAttributes readAttributes() throws IOException;

  /** Makes one change, at once or not at all. */
  void change(AttributeChange change) throws IOException;

  /**
   * Returns a path of the default file system that leads to the bytes, after moving them to that
   * file system.
   *
   * @throws UnsupportedOperationException if the volume has no directory on that file system
   */
  Path hostPath() throws IOException;

  /**
   * Says whether {@code path} leads to this file now; does not follow a link at its end. Returns
   * false if the look-up misses.
   */
  boolean isNamed(TmpPath path) throws IOException;

  /**
   * Opens this file once more, even if it is unlinked. Closing either handle leaves the other open.
   *
   * @param mode for reading, writing or both; the caller has checked that it asks for no more than
   *     this handle has
   */
  OpenFile openAgain(OpenMode mode) throws IOException;

  /** Closes this handle; a second call has no effect. */
  @Override
  void close() throws IOException;
}
