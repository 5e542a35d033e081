package io.github.niotmp.channel;

import io.github.niotmp.volume.Handle;
import io.github.niotmp.volume.HandleReference;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenHandles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stream that reads a file from its start. Safe for use by any number of threads; the lock guards
 * the position. {@link #transferTo} does not hold it while the target blocks.
 */
final class TmpInputStream extends InputStream implements Handle {
  private static final int TRANSFER_SIZE = 1 << 16;

  private final OpenFileHandle open;
  private final OpenFile file;
  private final ReentrantLock lock = new ReentrantLock();
  private final byte[] one = new byte[1];
  private long position;

  TmpInputStream(OpenFile file, OpenHandles resources, FileLocks locks) {
    this.open = new OpenFileHandle(this, "InputStream", file, resources, locks);
    this.file = file;
  }

  @Override
  public int read() throws IOException {
    lock.lock();
    try {
      return readSome(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      return readSome(target, offset, length);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public byte[] readAllBytes() throws IOException {
    lock.lock();
    try {
      long rest = remaining();
      if (rest > Integer.MAX_VALUE) {
        throw new OutOfMemoryError("Required array size too large: " + rest);
      }
      return readFully((int) rest);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public byte[] readNBytes(int length) throws IOException {
    if (length < 0) {
      throw new IllegalArgumentException("len < 0");
    }
    if (length == 0) {
      return new byte[0];
    }
    lock.lock();
    try {
      return readFully((int) Math.min(length, remaining()));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Skips back to the start at most, and forward to the end at most, as the default file system
   * does.
   */
  @Override
  public long skip(long count) throws IOException {
    lock.lock();
    try {
      long size = size();
      long start = position;
      if (count > 0) {
        position = start + Math.min(count, size - start);
      } else {
        position = Math.max(start + count, 0);
      }
      return position - start;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int available() throws IOException {
    lock.lock();
    try {
      return (int) Math.min(remaining(), Integer.MAX_VALUE);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long transferTo(OutputStream target) throws IOException {
    Objects.requireNonNull(target, "out");
    byte[] buffer = new byte[Math.min(Math.max(available(), 1), TRANSFER_SIZE)];
    long done = 0;
    for (int n = read(buffer); n >= 0; n = read(buffer)) {
      target.write(buffer, 0, n);
      done += n;
    }
    return done;
  }

  @Override
  public void close() throws IOException {
    try {
      open.close();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public HandleReference reference() {
    return open;
  }

  private byte[] readFully(int length) throws IOException {
    if (length == 0 && readSome(one, 0, 1) > 0) { // fails if it is a directory of size 0
      position--; // the file has grown since the size check
    }
    byte[] bytes = new byte[length];
    int done = 0;
    while (done < length) {
      int n = readSome(bytes, done, length - done);
      if (n < 0) {
        return Arrays.copyOf(bytes, done); // truncated meanwhile
      }
      done += n;
    }
    return bytes;
  }

  private int readSome(byte[] target, int offset, int length) throws IOException {
    open.ensureOpen();
    try {
      int n = file.read(target, offset, length, position);
      position += Math.max(n, 0);
      return n;
    } catch (IOException e) {
      throw open.unlessClosed(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private long remaining() throws IOException {
    return Math.max(0, size() - position);
  }

  private long size() throws IOException {
    open.ensureOpen();
    try {
      return file.size();
    } catch (IOException e) {
      throw open.unlessClosed(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }
}
