package io.github.niotmp.internal.file;

import io.github.niotmp.TmpFileHandle;
import io.github.niotmp.internal.foreign.ForeignProvider;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The open file of an owner, with the position and the write buffer that its streams share.
 *
 * <p>All streams share one buffer, because they write at one position. So a discarded stream holds
 * no byte, and any thread can flush the buffer. The bytes in the buffer are contiguous from {@link
 * #start}; the position of the channel is after them.
 *
 * <p>{@link #writing} guards the buffer and makes each write of a stream atomic. Safe for use by
 * any number of threads.
 */
public final class OwnedFile implements Closeable {
  private final FileSource source;
  private final Path place;
  private final FileChannel channel;
  private final ReentrantLock writing = new ReentrantLock();
  private final byte[] buffer;
  private volatile int buffered;
  private long start;
  private int replacements;
  private volatile boolean closed;

  private OwnedFile(FileSource source, Path place, FileChannel channel, int bufferSize) {
    this.source = source;
    this.place = place;
    this.channel = channel;
    buffer = new byte[bufferSize];
  }

  /**
   * Takes over a file without a name.
   *
   * @param directory of the file, for messages
   * @param bufferSize the size of the write buffer in bytes; 0 for none
   */
  public static OwnedFile unnamed(FileChannel channel, Path directory, int bufferSize) {
    return new OwnedFile(new UnnamedFile(channel), directory, channel, bufferSize);
  }

  /**
   * Takes over a file with a name.
   *
   * @param path its name, for messages
   * @param bufferSize the size of the write buffer in bytes; 0 for none
   * @param owner stays reachable as long as the channel
   */
  public static OwnedFile named(NamedFile file, Path path, int bufferSize, Object owner) {
    return new OwnedFile(file, path, following(file, () -> {}, owner), bufferSize);
  }

  private static FileChannel following(FileSource file, Closeable whenClosed, Object owner) {
    return file.last() instanceof TmpFileHandle
        ? new FollowingTmpChannel(file, whenClosed, owner)
        : new FollowingChannel(file, whenClosed, owner);
  }

  /** Returns the user's channel, whose position the streams share. */
  public FileChannel channel() {
    return channel;
  }

  /** Says whether {@link #open} can open the file while this channel is open. */
  public boolean canBeOpened() {
    return source.canBeOpened();
  }

  /**
   * Returns another channel at position 0.
   *
   * @param whenClosed is closed with it
   * @param owner stays reachable as long as the channel
   */
  public FileChannel channelClosing(Closeable whenClosed, Object owner) {
    return following(source, whenClosed, owner);
  }

  /** An operation on the channel of the file. */
  @FunctionalInterface
  public interface Operation<T> {
    /** Runs the operation; it runs again if another thread closed the channel meanwhile. */
    T on(FileChannel channel) throws IOException;
  }

  /**
   * Flushes the buffer and returns a channel on the current file.
   *
   * @throws java.nio.file.NoSuchFileException if the name of the file was removed
   */
  public FileChannel drained() throws IOException {
    drain();
    return source.current().channel();
  }

  /**
   * Flushes the buffer and runs an operation on the current file.
   *
   * @throws java.nio.file.NoSuchFileException if the name of the file was removed
   */
  public <T> T reading(Operation<T> operation) throws IOException {
    drain();
    return uninterrupted(
        () -> FileSource.apply(source::current, now -> operation.on(now.channel())));
  }

  /** Does the same; uses the last open file if the name of the file was removed. */
  <T> T readingOrLast(Operation<T> operation) throws IOException {
    drain();
    return uninterrupted(
        () -> FileSource.apply(source::currentOrLast, now -> operation.on(now.channel())));
  }

  /**
   * Opens the file once more.
   *
   * @throws java.nio.file.NoSuchFileException if the name of the file was removed
   */
  public FileChannel open(Set<? extends OpenOption> options) throws IOException {
    drain();
    return ForeignProvider.callIfSupported(place, () -> source.open(options));
  }

  /**
   * Says whether the file has a name that is safe to rename: no other user can replace the file.
   */
  public boolean canBeMoved() throws IOException {
    return source.canBeMoved();
  }

  /** Flushes the buffer; bytes that the file does not accept stay in the buffer. */
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
    uninterrupted(
        () ->
            FileSource.apply(
                source::currentOrLast,
                now -> {
                  if (now.replacements() != replacements) {
                    moveTo(now);
                  }
                  return writeOut(now.channel());
                }));
  }

  /**
   * Clears the interrupt flag during a call, because an interrupt would close the channel that all
   * threads share. Streams of the default provider ignore interrupts too.
   */
  private <T> T uninterrupted(ForeignProvider.Call<T> call) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return ForeignProvider.call(place, call);
    } catch (IOException e) {
      // not a failure of the provider if this file was closed
      throw closed && e.getCause() instanceof ClosedChannelException reason ? reason : e;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private int writeOut(FileChannel to) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, buffered);
    try {
      while (bytes.hasRemaining()) {
        start += to.write(bytes, start);
      }
      return bytes.position();
    } finally {
      int left = bytes.remaining();
      System.arraycopy(buffer, bytes.position(), buffer, 0, left);
      buffered = left;
    }
  }

  /** Moves the buffer, and the position after it, to a file that has taken the name. */
  private void moveTo(FileSource.Current now) throws IOException {
    long size = now.channel().size();
    boolean behind = channel.isOpen() && channel.position() == Math.min(start + buffered, size);
    start = Math.min(start, size);
    replacements = now.replacements();
    if (behind) {
      channel.position(start + buffered);
    }
  }

  /** Returns the position of the next byte that a stream writes. */
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

  /** Writes all bytes, or adds them to the buffer, and moves the position after them. */
  void write(ByteBuffer bytes, boolean append) throws IOException {
    uninterrupted(
        () -> {
          writeLocked(bytes, append);
          return bytes;
        });
  }

  private void writeLocked(ByteBuffer bytes, boolean append) throws IOException {
    writing.lock();
    try {
      if (append) {
        drainLocked();
        channel.position(source.append(bytes));
      } else if (buffer.length == 0) {
        writeAll(bytes);
      } else {
        writeBuffered(bytes);
      }
    } finally {
      writing.unlock();
    }
  }

  private void writeBuffered(ByteBuffer bytes) throws IOException {
    long at = channel.position();
    if (buffered > 0 && (at != start + buffered || bytes.remaining() > free())) {
      drainLocked();
      at = channel.position();
    }
    if (bytes.remaining() > free()) {
      writeAll(bytes);
    } else {
      put(bytes, at);
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

  /** Truncates or extends the file; a position beyond the new end moves to the new end. */
  public void setSize(long size) throws IOException {
    writing.lock();
    try {
      boolean positioned = channel.isOpen();
      if (positioned) {
        channel.position(); // moves to the end of a shorter file that has taken the name
      }
      reading(
          now -> {
            if (size > now.size()) {
              now.write(ByteBuffer.allocate(1), size - 1);
            }
            return now.truncate(size);
          });
      if (positioned) {
        channel.position(Math.min(channel.position(), size));
      }
    } finally {
      writing.unlock();
    }
  }

  /** Discards the bytes in the buffer after a failure. */
  public void discardBuffer() {
    buffered = 0;
  }

  /**
   * Flushes the buffer and closes the file. If the flush fails, the file is closed and the bytes
   * are lost; a second call does not write them.
   */
  @Override
  @SuppressWarnings("try") // the resources are declared only to be closed in this order
  public void close() throws IOException {
    closed = true;
    try (source;
        channel) {
      drain();
    } finally {
      buffered = 0;
    }
  }
}
