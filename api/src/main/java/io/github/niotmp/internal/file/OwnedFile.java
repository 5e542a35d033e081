package io.github.niotmp.internal.file;

import io.github.niotmp.TmpFileHandle;
import io.github.niotmp.internal.foreign.ForeignProvider;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;
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
  private final Path place;
  private final FileChannel channel;
  private final ReentrantLock writing = new ReentrantLock();
  private final byte[] buffer;
  private volatile int buffered;
  private long start;
  private int replacements;

  private OwnedFile(FileSource source, Path place, FileChannel channel, int bufferSize) {
    this.source = source;
    this.place = place;
    this.channel = channel;
    buffer = new byte[bufferSize];
  }

  /**
   * Takes over a file that only its channel leads to.
   *
   * @param directory of the file, for messages
   * @param bufferSize the bytes that streams may leave unwritten; 0 for none
   */
  public static OwnedFile unnamed(FileChannel channel, Path directory, int bufferSize) {
    return new OwnedFile(new UnnamedFile(channel), directory, channel, bufferSize);
  }

  /**
   * Takes over the file that has a name.
   *
   * @param path its name, for messages
   * @param bufferSize the bytes that streams may leave unwritten; 0 for none
   * @param owner is not collected as long as the channel is not
   */
  public static OwnedFile named(NamedFile file, Path path, int bufferSize, Object owner) {
    return new OwnedFile(file, path, following(file, () -> {}, owner), bufferSize);
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

  /** Says whether {@link #open} can open the file while it is open. */
  public boolean canBeOpened() {
    return source.canBeOpened();
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

  /** Works on the channel of the file. */
  @FunctionalInterface
  public interface Operation<T> {
    /** Does the work; may be called again if another thread closed the channel. */
    T on(FileChannel channel) throws IOException;
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

  /**
   * Works on the file at this moment, which has all bytes that streams accepted.
   *
   * @throws java.nio.file.NoSuchFileException if the name of the file is gone
   */
  public <T> T reading(Operation<T> operation) throws IOException {
    drain();
    return uninterrupted(
        () -> FileSource.apply(source::current, now -> operation.on(now.channel())));
  }

  /** Does the same, or works on the last file that was open if the name of the file is gone. */
  <T> T readingOrLast(Operation<T> operation) throws IOException {
    drain();
    return uninterrupted(
        () -> FileSource.apply(source::currentOrLast, now -> operation.on(now.channel())));
  }

  /**
   * Opens the file once more.
   *
   * @throws java.nio.file.NoSuchFileException if the name of the file is gone
   */
  public FileChannel open(Set<? extends OpenOption> options) throws IOException {
    drain();
    return ForeignProvider.callIfSupported(place, () -> source.open(options));
  }

  /**
   * Says whether the file has a name that may be moved: not if another user can put another file in
   * its place.
   */
  public boolean canBeMoved() throws IOException {
    return source.canBeMoved();
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
   * Makes a call that an interrupt before it does not disturb, as streams of the default provider
   * are: it would close the channel that all threads share.
   */
  private <T> T uninterrupted(ForeignProvider.Call<T> call) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return ForeignProvider.call(place, call);
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

  /** Cuts or extends the file; a position beyond the new end moves there. */
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
