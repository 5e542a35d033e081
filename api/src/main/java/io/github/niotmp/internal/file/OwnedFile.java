package io.github.niotmp.internal.file;

import io.github.niotmp.TmpFileHandle;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The open file of an owner, with the position that its streams share and their write buffer.
 *
 * <p>There is one buffer for all streams, because they all write at one position. So a stream that
 * is dropped holds no byte, and any thread can drain the buffer. The bytes in the buffer follow
 * each other from {@link #start}; the position of the channel is behind them.
 *
 * <p>{@link #writing} guards the buffer and makes each write of a stream one step. Safe for use by
 * any number of threads.
 */
public final class OwnedFile implements Closeable {
  private final FileSource source;
  private final FileChannel channel;
  private final ReentrantLock writing = new ReentrantLock();
  private final byte[] buffer;
  private volatile int buffered;
  private long start;
  private int replacements;

  private OwnedFile(FileSource source, FileChannel channel, int bufferSize) {
    this.source = source;
    this.channel = channel;
    buffer = new byte[bufferSize];
  }

  /**
   * Takes over a file that only its channel leads to.
   *
   * @param bufferSize the bytes that streams may leave unwritten; 0 for none
   */
  public static OwnedFile unnamed(FileChannel channel, int bufferSize) {
    return new OwnedFile(new UnnamedFile(channel), channel, bufferSize);
  }

  /**
   * Takes over the file that has a name.
   *
   * @param bufferSize the bytes that streams may leave unwritten; 0 for none
   * @param owner is not collected as long as the channel is not
   */
  public static OwnedFile named(NamedFile file, int bufferSize, Object owner) {
    return new OwnedFile(file, following(file, () -> {}, owner), bufferSize);
  }

  private static FileChannel following(FileSource file, Closeable whenClosed, Object owner) {
    return file.last() instanceof TmpFileHandle
        ? new FollowingTmpChannel(file, whenClosed, owner)
        : new FollowingChannel(file, whenClosed, owner);
  }

  /** Returns the channel that the user has, at the position where streams write. */
  public FileChannel channel() {
    return channel;
  }

  /** Says whether the name shows only once the channel is closed. */
  public boolean isHiddenWhileOpen() {
    return source instanceof NamedFile file && file.isHiddenWhileOpen();
  }

  /**
   * Returns another channel, at the start of the file.
   *
   * @param whenClosed is closed with it
   * @param owner is not collected as long as it is not
   */
  public FileChannel channelClosing(Closeable whenClosed, Object owner) {
    return following(source, whenClosed, owner);
  }

  /**
   * Returns a channel on the file at this moment, which has all bytes that streams accepted.
   *
   * @throws java.nio.file.NoSuchFileException if the name of the file is gone
   */
  public FileChannel drained() throws IOException {
    drain();
    return source.current().channel();
  }

  /** Returns the same, or the last one that was open if the name of the file is gone. */
  FileChannel drainedOrLast() throws IOException {
    drain();
    return source.currentOrLast().channel();
  }

  /** Writes out the buffer; what the file does not take stays there. */
  public void drain() throws IOException {
    if (buffered == 0) {
      return;
    }
    writing.lock();
    try {
      drainLocked();
    } finally {
      writing.unlock();
    }
  }

  private void drainLocked() throws IOException {
    if (buffered == 0) {
      return;
    }
    FileSource.Current now = source.currentOrLast();
    if (now.replacements() != replacements) {
      moveTo(now);
    }
    ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, buffered);
    try {
      while (bytes.hasRemaining()) {
        start += now.channel().write(bytes, start);
      }
    } finally {
      int left = bytes.remaining();
      System.arraycopy(buffer, bytes.position(), buffer, 0, left);
      buffered = left;
    }
  }

  /** Takes the buffer, and the position behind it, to a file that has taken the name. */
  private void moveTo(FileSource.Current now) throws IOException {
    long size = now.channel().size();
    boolean behind = channel.isOpen() && channel.position() == Math.min(start + buffered, size);
    start = Math.min(start, size);
    replacements = now.replacements();
    if (behind) {
      channel.position(start + buffered);
    }
  }

  /** Returns where the next byte of a stream goes. */
  long writePosition(boolean append) throws IOException {
    writing.lock();
    try {
      return position(append);
    } finally {
      writing.unlock();
    }
  }

  private long position(boolean append) throws IOException {
    if (!append) {
      return channel.position();
    }
    long end = channel.size();
    return buffered == 0 ? end : Math.max(end, start + buffered);
  }

  /** Writes all bytes, or takes them into the buffer, and moves the position behind them. */
  void write(ByteBuffer bytes, boolean append) throws IOException {
    writing.lock();
    try {
      if (buffer.length == 0 && !append) {
        writeAll(bytes);
        return;
      }
      long at = position(append);
      if (buffered > 0 && (at != start + buffered || bytes.remaining() > free())) {
        drainLocked();
        at = position(append);
      }
      if (bytes.remaining() > free()) {
        channel.position(at);
        writeAll(bytes);
        return;
      }
      put(bytes, at);
    } finally {
      writing.unlock();
    }
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private int free() {
    return buffer.length - buffered;
  }

  private void put(ByteBuffer bytes, long at) throws IOException {
    int length = bytes.remaining();
    channel.position(at + length);
    int held = buffered;
    if (held == 0) {
      start = at;
      replacements = source.currentOrLast().replacements();
    }
    bytes.get(buffer, held, length);
    buffered = held + length;
  }

  /** Cuts or extends the file; a position beyond the new end moves there. */
  public void setSize(long size) throws IOException {
    writing.lock();
    try {
      FileChannel now = drained();
      boolean positioned = channel.isOpen();
      if (size > now.size()) {
        if (positioned) {
          channel.position(); // moves to the end of a shorter file that has taken the name
        }
        now.write(ByteBuffer.allocate(1), size - 1);
      }
      (positioned ? channel : now).truncate(size);
    } finally {
      writing.unlock();
    }
  }

  /** Drops the bytes in the buffer, which are of no use after a failure. */
  public void discardBuffer() {
    buffered = 0;
  }

  /**
   * Writes out the buffer and closes the file. If the file does not take the bytes, it is closed
   * all the same and they are lost: another call has nothing to write.
   */
  @Override
  @SuppressWarnings("try") // the resources are there to be closed one after the other
  public void close() throws IOException {
    try (source;
        channel) {
      drain();
    } finally {
      buffered = 0;
    }
  }
}
