package io.github.niotmp.channel;

import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.FileAttributes;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A file in one array, any number of handles on it, and a place to stop its operations at. */
final class ArrayFile {
  static final OpenMode READ = mode(true, false, false, false);
  static final OpenMode WRITE = mode(false, true, false, false);
  static final OpenMode READ_WRITE = mode(true, true, false, false);
  static final OpenMode APPEND = mode(false, true, true, false);
  static final OpenMode SYNC = mode(true, true, false, true);

  private final ReentrantLock lock = new ReentrantLock();
  private byte[] bytes;

  /** How often a handle was closed. */
  final AtomicInteger closes = new AtomicInteger();

  /** How often the file was forced. */
  final AtomicInteger forces = new AtomicInteger();

  /**
   * Runs in each operation on the bytes, once the handle was found open and before they are
   * touched.
   */
  volatile Runnable within = () -> {};

  /** Runs as a lock asks which file it is on. */
  volatile Runnable withinLock = () -> {};

  /** What closing a handle fails with. */
  volatile @Nullable IOException closeFailure;

  ArrayFile(int... bytes) {
    this.bytes = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      this.bytes[i] = (byte) bytes[i];
    }
  }

  ArrayFile(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  OpenFile open(OpenMode mode) {
    return new Handle(mode);
  }

  byte[] content() {
    lock.lock();
    try {
      return bytes.clone();
    } finally {
      lock.unlock();
    }
  }

  private static OpenMode mode(boolean read, boolean write, boolean append, boolean sync) {
    return new OpenMode(read, write, append, false, false, false, false, sync, true);
  }

  private final class Handle implements OpenFile {
    private final OpenMode mode;
    private volatile boolean closed;

    Handle(OpenMode mode) {
      this.mode = mode;
    }

    @Override
    public OpenMode mode() {
      return mode;
    }

    @Override
    public Path openedAs() {
      return Path.of("/f");
    }

    @Override
    public Object fileKey() {
      withinLock.run();
      return ArrayFile.this;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      byte[] some = new byte[target.remaining()];
      int n = read(some, 0, some.length, position);
      if (n > 0) {
        target.put(some, 0, n);
      }
      return n;
    }

    @Override
    public int read(byte[] target, int offset, int length, long position) throws IOException {
      begin();
      lock.lock();
      try {
        ensureOpen();
        if (position >= bytes.length) {
          return -1;
        }
        int n = Math.min(length, bytes.length - (int) position);
        System.arraycopy(bytes, (int) position, target, offset, n);
        return n;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      byte[] some = new byte[source.remaining()];
      source.get(some);
      write(some, 0, some.length, position);
    }

    @Override
    public void write(byte[] source, int offset, int length, long position) throws IOException {
      begin();
      lock.lock();
      try {
        ensureOpen();
        int end = Math.toIntExact(position + length);
        bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length));
        System.arraycopy(source, offset, bytes, (int) position, length);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public long append(ByteBuffer source) throws IOException {
      byte[] some = new byte[source.remaining()];
      source.get(some);
      return append(some, 0, some.length);
    }

    @Override
    public long append(byte[] source, int offset, int length) throws IOException {
      lock.lock();
      try {
        write(source, offset, length, bytes.length);
        return bytes.length;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void checkLimits(long end) {}

    @Override
    public long size() throws IOException {
      begin();
      ensureOpen();
      return bytes.length;
    }

    @Override
    public void truncate(long size) throws IOException {
      begin();
      lock.lock();
      try {
        ensureOpen();
        if (size < bytes.length) {
          bytes = Arrays.copyOf(bytes, (int) size);
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void force(boolean metaData) throws IOException {
      begin();
      ensureOpen();
      forces.incrementAndGet();
    }

    @Override
    public <T> T map(Mapping<T> mapping) throws IOException {
      begin();
      ensureOpen();
      throw new UnsupportedOperationException("An array cannot be mapped");
    }

    @Override
    public FileAttributes readAttributes() {
      throw new UnsupportedOperationException("An array has no attributes");
    }

    @Override
    public void change(AttributeChange change) {
      throw new UnsupportedOperationException("An array has no attributes");
    }

    @Override
    public boolean isNamed(TmpPath path) {
      return false;
    }

    @Override
    public OpenFile openAgain(OpenMode again) {
      return new Handle(again);
    }

    @Override
    public Path hostPath() {
      throw new UnsupportedOperationException("An array is not on the host");
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      closes.incrementAndGet();
      IOException failure = closeFailure;
      if (failure != null) {
        throw failure;
      }
    }

    private void begin() throws IOException {
      ensureOpen();
      within.run();
    }

    private void ensureOpen() throws ClosedChannelException {
      if (closed) {
        throw new ClosedChannelException();
      }
    }
  }
}
