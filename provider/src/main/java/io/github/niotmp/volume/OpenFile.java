package io.github.niotmp.volume;

import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.path.TmpPath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A regular file that is open, or a directory that is open for reading, whose bytes cannot be read:
 * FileSystemException, "Is a directory". It has no position and no interest in interrupts, and does
 * not check the mode it was opened with: that is the business of the channels made from it. The
 * file lives until its last open file is closed, with or without a name.
 *
 * <p>All methods may be called by any number of threads; reads run in parallel. Positions and
 * counts are never negative, nor the sum of both. Each call after {@link #close()}, or overtaken by
 * it, throws {@link java.nio.channels.ClosedChannelException}. The bytes of a failed write are not
 * in the file, none of them. A write of a buffer that succeeds is whole, unless the disk of the
 * host fills up meanwhile: then the position of the buffer tells how many bytes the file has got,
 * at least one.
 */
public interface OpenFile extends Closeable {

  /** Returns how it was opened. */
  OpenMode mode();

  /** Returns the path it was opened by, for messages. */
  Path openedAs();

  /** Returns what tells this file from others, the same for each handle on it. */
  Object fileKey();

  /**
   * Reads what there is at {@code position}: at least one byte, 0 if {@code target} is full, -1 at
   * the end.
   */
  int read(ByteBuffer target, long position) throws IOException;

  /** Reads into an array; the caller has checked the range. */
  int read(byte[] target, int offset, int length, long position) throws IOException;

  /** Writes {@code source} at {@code position}; a gap before it reads as zeros. */
  void write(ByteBuffer source, long position) throws IOException;

  /** Writes all of a range of an array, which the caller has checked. */
  void write(byte[] source, int offset, int length, long position) throws IOException;

  /** Writes {@code source} at the end, wherever that is by now; returns the end after it. */
  long append(ByteBuffer source) throws IOException;

  /** Appends all of a range of an array, which the caller has checked. */
  long append(byte[] source, int offset, int length) throws IOException;

  /**
   * Checks that the limits let the file grow to {@code end}, before the first byte of many is
   * written; a later write may meet them all the same.
   *
   * @throws io.github.niotmp.TmpLimitException if they do not
   */
  void checkLimits(long end) throws IOException;

  /** Returns the size in bytes. */
  long size() throws IOException;

  /** Cuts the file to {@code size}; does nothing to one that is not longer. */
  void truncate(long size) throws IOException;

  /** Writes what is buffered to the host, if the file lives there. */
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
   * Returns a path of the default file system that leads to the bytes, after moving them there.
   *
   * @throws UnsupportedOperationException if the volume has no place there
   */
  Path hostPath() throws IOException;

  /**
   * Says whether {@code path} leads to this file now. A final link is not followed. A miss makes no
   * exception.
   */
  boolean isNamed(TmpPath path) throws IOException;

  /**
   * Opens this file once more, with or without a name. Closing either handle leaves the other open.
   *
   * @param mode for reading, writing or both; the caller has checked that it asks for no more than
   *     this handle has
   */
  OpenFile openAgain(OpenMode mode) throws IOException;

  /** Closes this handle; a second call does nothing. */
  @Override
  void close() throws IOException;
}
