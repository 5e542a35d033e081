package io.github.niotmp.channel;

import io.github.niotmp.buffer.DirectBuffers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * One transfer between the channel of a file and another channel. The other channel may block, so
 * the thread holds no lock meanwhile, and an interrupt closes both channels.
 */
final class Transfer implements AutoCloseable {
  private final TmpFileChannel channel;
  private long count;
  private final ByteBuffer buffer;
  private long done;

  /**
   * Prepares a transfer.
   *
   * @param other the target or the source of the bytes
   * @param count the maximum number of bytes; 0 if it is negative
   */
  Transfer(TmpFileChannel channel, Channel other, long count) {
    this.channel = channel;
    this.count = Math.max(count, 0);
    this.buffer = bufferFor(other, this.count);
  }

  private static ByteBuffer bufferFor(Channel other, long count) {
    return count >= DirectBuffers.SIZE && returnsBuffers(other)
        ? DirectBuffers.acquire()
        : ByteBuffer.allocate((int) Math.min(count, DirectBuffers.SIZE));
  }

  /** Says whether a channel certainly keeps no buffer after its calls return. */
  private static boolean returnsBuffers(Channel channel) {
    return channel instanceof TmpFileChannel || channel.getClass().getClassLoader() == null;
  }

  @Override
  public void close() {
    DirectBuffers.release(buffer);
  }

  /**
   * Transfers bytes from {@code at} on to {@code target}; returns the number of bytes that it took.
   */
  long to(WritableByteChannel target, long at) throws IOException {
    try {
      while (done < count) {
        int n = channel.readAt(room(), at + done);
        if (n < 0) {
          break; // truncated meanwhile
        }
        int taken = give(buffer.flip(), target);
        done += taken;
        if (taken < n) {
          break;
        }
      }
      return done;
    } catch (ClosedChannelException e) {
      throw closed(e, target);
    } catch (IOException e) {
      return doneDespite(e);
    }
  }

  /** Transfers bytes of {@code source} to {@code at}; returns their number. */
  long from(ReadableByteChannel source, long at) throws IOException {
    try {
      long left = left(source);
      if (left > 0) {
        count = Math.min(count, left); // the source may be the file that this transfer extends
      }
      if (count > buffer.capacity()) {
        channel.enter();
        channel.checkLimits(at, Math.min(count, left));
      }
      while (done < count) {
        int n;
        try {
          n = take(room(), source);
        } catch (ClosedChannelException e) {
          throw e;
        } catch (IOException e) {
          return doneDespite(e);
        }
        if (n <= 0) {
          break;
        }
        int written = 0;
        try {
          written = channel.writeAt(buffer.flip(), at + done);
          done += written;
        } catch (ClosedChannelException e) {
          giveBack(source, n);
          throw e;
        } catch (IOException e) {
          if (giveBack(source, n)) {
            return doneDespite(e);
          }
          throw e; // the bytes are lost, so the caller must know
        }
        if (written < n) {
          giveBack(source, n - written);
          break;
        }
      }
      return done;
    } catch (ClosedChannelException e) {
      throw closed(e, source);
    }
  }

  /**
   * Moves the position of a source back before unwritten bytes. Returns false if it has no
   * position.
   */
  private static boolean giveBack(ReadableByteChannel source, int bytes) {
    if (!(source instanceof SeekableByteChannel seekable)) {
      return false;
    }
    try {
      seekable.position(seekable.position() - bytes);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false; // a pipe, a closed channel, or one that cannot seek
    }
  }

  /**
   * Returns the number of bytes from the position of a file to its end; 0 if the source has no
   * position or is at its end.
   */
  private static long left(ReadableByteChannel source) throws ClosedChannelException {
    if (source instanceof FileChannel file) {
      try {
        return Math.max(0, file.size() - file.position());
      } catch (ClosedChannelException e) {
        throw e;
      } catch (IOException | UnsupportedOperationException e) {
        return 0; // a pipe has no position
      }
    }
    return 0;
  }

  private ByteBuffer room() {
    return buffer.clear().limit((int) Math.min(count - done, buffer.capacity()));
  }

  private int give(ByteBuffer bytes, WritableByteChannel target) throws IOException {
    return target instanceof TmpFileChannel
        ? target.write(bytes)
        : channel.interruptibly(() -> target.write(bytes));
  }

  private int take(ByteBuffer room, ReadableByteChannel source) throws IOException {
    channel.enter();
    return source instanceof TmpFileChannel
        ? source.read(room)
        : channel.interruptibly(() -> source.read(room));
  }

  /**
   * Returns the bytes transferred before a failure, which the next transfer meets again, or throws
   * it if none.
   */
  private long doneDespite(IOException failure) throws IOException {
    if (done == 0) {
      throw failure;
    }
    return done;
  }

  private AsynchronousCloseException closed(ClosedChannelException noticed, Channel other) {
    if (noticed instanceof ClosedByInterruptException || Thread.currentThread().isInterrupted()) {
      ClosedByInterruptException interrupted = channel.closedByInterrupt();
      TmpFileChannel.closeAfter(interrupted, other);
      return interrupted;
    }
    return noticed instanceof AsynchronousCloseException asClosedMeanwhile
        ? asClosedMeanwhile
        : new AsynchronousCloseException();
  }
}
