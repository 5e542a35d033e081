package io.github.niotmp.channel;

import io.github.niotmp.internal.report.Notices;
import io.github.niotmp.volume.Handle;
import io.github.niotmp.volume.HandleReference;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenHandles;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An unbuffered stream that writes a file from its start, or at its end in append mode. Safe for
 * use by any number of threads; the lock guards the position.
 */
final class TmpOutputStream extends OutputStream implements Handle {
  private final OpenFileHandle open;
  private final OpenFile file;
  private final boolean append;
  private final boolean sync;
  private final ReentrantLock lock = new ReentrantLock();

  /** Null until the first write of a single byte. */
  private byte @Nullable [] one;

  private long position;

  TmpOutputStream(OpenFile file, OpenHandles resources, FileLocks locks) {
    this.open = new OpenFileHandle(this, "OutputStream", file, resources, locks);
    this.file = file;
    this.append = file.mode().append();
    this.sync = file.mode().sync();
  }

  @Override
  public void write(int value) throws IOException {
    lock.lock();
    try {
      if (one == null) {
        one = new byte[1];
      }
      one[0] = (byte) value;
      writeFully(one, 0, 1);
    } finally {
      lock.unlock();
      Notices.deliver();
    }
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    if (length == 0) {
      return;
    }
    lock.lock();
    try {
      writeFully(source, offset, length);
    } finally {
      lock.unlock();
      Notices.deliver();
    }
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

  private void writeFully(byte[] source, int offset, int length) throws IOException {
    open.ensureOpen();
    try {
      if (append) {
        position = file.append(source, offset, length);
      } else {
        file.write(source, offset, length, position);
        position += length;
      }
      if (sync) {
        file.force(true);
      }
    } catch (IOException e) {
      throw open.unlessClosed(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }
}
