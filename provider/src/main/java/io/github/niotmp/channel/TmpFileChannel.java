package io.github.niotmp.channel;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileHandle;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.internal.mapping.MappingChannel;
import io.github.niotmp.internal.report.Notices;
import io.github.niotmp.internal.spi.OwnedChannel;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.Handle;
import io.github.niotmp.volume.HandleReference;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenMode;
import io.github.niotmp.volume.OpenHandles;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A channel on an open file. Operations at the channel's own position exclude each other, those at
 * a given one run in parallel.
 *
 * <p>Operations on the file do not block, so the interrupt status is checked as they begin, which
 * costs less than making them interruptible. Only where the other side of a transfer may block is
 * the whole protocol of {@link java.nio.channels.InterruptibleChannel} used. Either way an
 * interrupt or a close ends this channel alone and never the file.
 */
final class TmpFileChannel extends MappingChannel implements Handle, TmpFileHandle, OwnedChannel {
  /**
   * Since 21 a transfer to a position beyond the end lets the file grow; before, it does nothing.
   */
  private static final boolean TRANSFER_GROWS = Runtime.version().feature() >= 21;

  private final OpenFile file;
  private final FileHandleReference reference;
  private final boolean readable;
  private final boolean writable;
  private final boolean append;
  private final boolean sync;
  private final boolean readOnlyFileSystem;
  private final ReentrantLock positionLock = new ReentrantLock();
  private long position;

  @SuppressWarnings("UnusedVariable") // kept from being collected, and asked nothing
  private volatile @Nullable Object owner;

  TmpFileChannel(
      OpenFile file, OpenHandles resources, FileLocks locks, boolean readOnlyFileSystem) {
    this(file, "FileChannel", resources, locks, readOnlyFileSystem);
  }

  /**
   * Makes a channel.
   *
   * @param kind the word that a report of an unclosed channel has for it
   * @param readOnlyFileSystem whether the view of the channel refuses changes
   */
  TmpFileChannel(
      OpenFile file,
      String kind,
      OpenHandles resources,
      FileLocks locks,
      boolean readOnlyFileSystem) {
    this.file = file;
    this.reference = new FileHandleReference(this, kind, file, resources, locks);
    this.readable = file.mode().read();
    this.writable = file.mode().write();
    this.append = file.mode().append();
    this.sync = file.mode().sync();
    this.readOnlyFileSystem = readOnlyFileSystem;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    ensureOpen();
    ensureReadable();
    positionLock.lock();
    try {
      return readOn(target);
    } finally {
      positionLock.unlock();
    }
  }

  @Override
  public int read(ByteBuffer target, long at) throws IOException {
    Objects.requireNonNull(target);
    ChannelArguments.checkPosition(at);
    ensureOpen();
    ensureReadable();
    return readAt(target, at);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, targets.length);
    ensureOpen();
    ensureReadable();
    positionLock.lock();
    try {
      enter();
      for (int i = offset; i < offset + length; i++) {
        ChannelArguments.checkNotReadOnly(targets[i]);
      }
      long done = 0;
      for (int i = offset; i < offset + length; i++) {
        while (targets[i].hasRemaining()) {
          int n = readOn(targets[i]);
          if (n < 0) {
            return done > 0 ? done : n;
          }
          done += n;
        }
      }
      return done;
    } finally {
      positionLock.unlock();
    }
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    ensureOpen();
    ensureWritable();
    positionLock.lock();
    try {
      int n = writeAt(source, position);
      position += n;
      return n;
    } finally {
      positionLock.unlock();
      Notices.deliver();
    }
  }

  @Override
  public int write(ByteBuffer source, long at) throws IOException {
    Objects.requireNonNull(source);
    ChannelArguments.checkPosition(at);
    ensureOpen();
    ensureWritable();
    try {
      return writeAt(source, at);
    } finally {
      Notices.deliver();
    }
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, sources.length);
    ensureOpen();
    ensureWritable();
    positionLock.lock();
    try {
      enter();
      long total = 0;
      for (int i = offset; i < offset + length; i++) {
        total += sources[i].remaining();
      }
      if (append && length > 1) {
        GatheredWrite joined = GatheredWrite.of(sources, offset, length, total);
        int written = writeAt(joined.bytes(), position);
        position += written;
        joined.advance(written);
        return written;
      }
      if (length > 1) {
        checkLimits(position, total);
      }
      return writeEach(sources, offset, length);
    } finally {
      positionLock.unlock();
      Notices.deliver();
    }
  }

  /** Returns what arrived before a failure, which the next write will meet again. */
  private long writeEach(ByteBuffer[] sources, int offset, int length) throws IOException {
    long written = 0;
    for (int i = offset; i < offset + length; i++) {
      try {
        int n = writeAt(sources[i], position);
        position += n;
        written += n;
      } catch (ClosedChannelException e) {
        throw e;
      } catch (IOException e) {
        if (written == 0) {
          throw e;
        }
        return written;
      }
      if (sources[i].hasRemaining()) {
        return written;
      }
    }
    return written;
  }

  /** In append mode the position is always the end. */
  @Override
  public long position() throws IOException {
    ensureOpen();
    positionLock.lock();
    try {
      enter();
      return append ? file.size() : position;
    } catch (IOException e) {
      throw asClosedMeanwhile(e);
    } finally {
      positionLock.unlock();
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    ensureOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("Negative position");
    }
    positionLock.lock();
    try {
      enter();
      position = newPosition;
      return this;
    } finally {
      positionLock.unlock();
    }
  }

  @Override
  public long size() throws IOException {
    ensureOpen();
    enter();
    try {
      return file.size();
    } catch (IOException e) {
      throw asClosedMeanwhile(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public FileChannel truncate(long newSize) throws IOException {
    ensureOpen();
    if (newSize < 0) {
      throw new IllegalArgumentException("Negative size");
    }
    ensureWritable();
    positionLock.lock();
    try {
      enter();
      file.truncate(newSize);
      position = Math.min(position, newSize);
      return this;
    } catch (IOException e) {
      throw asClosedMeanwhile(e);
    } finally {
      positionLock.unlock();
      Reference.reachabilityFence(this);
      Notices.deliver();
    }
  }

  @Override
  public void force(boolean metaData) throws IOException {
    ensureOpen();
    enter();
    try {
      file.force(metaData);
    } catch (IOException e) {
      throw asClosedMeanwhile(e);
    } finally {
      Reference.reachabilityFence(this);
      Notices.deliver();
    }
  }

  @Override
  public long transferTo(long at, long count, WritableByteChannel target) throws IOException {
    ensureOpen();
    ensureOpen(target);
    ensureReadable();
    if (target instanceof TmpFileChannel other) {
      other.ensureWritable();
    }
    ChannelArguments.checkRange(at, count);
    try (Transfer transfer = new Transfer(this, target, Math.min(count, size() - at))) {
      return transfer.to(target, at);
    }
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long at, long count) throws IOException {
    ensureOpen();
    ensureOpen(source);
    ensureWritable();
    ChannelArguments.checkRange(at, count);
    if (!TRANSFER_GROWS && at > size()) {
      return 0;
    }
    long wanted = count;
    if (source instanceof TmpFileChannel other) {
      other.ensureReadable();
      // the source may be this same file, and must not chase the end it moves
      wanted = Math.min(count, other.size() - other.position());
    }
    try (Transfer transfer = new Transfer(this, source, wanted)) {
      return transfer.from(source, at);
    } finally {
      Notices.deliver();
    }
  }

  /**
   * Lets the other side of a transfer do its work, which may block; an interrupt closes this
   * channel.
   */
  int interruptibly(OtherSide other) throws IOException {
    boolean completed = false;
    try {
      begin();
      int n = other.run();
      completed = true;
      return n;
    } finally {
      end(completed);
    }
  }

  /** What the other side of a transfer does. */
  interface OtherSide {
    int run() throws IOException;
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long at, long size) throws IOException {
    ChannelArguments.checkSizeOfMapping(size);
    Objects.requireNonNull(mode, "Mode is null");
    return map(Mapping.buffer(mode, at, size));
  }

  @Override
  protected <T> T map(Mapping<T> mapping) throws IOException {
    ensureOpen();
    ChannelArguments.checkMapping(mapping);
    ensureReadable();
    ChannelArguments.checkMode(mapping.mode());
    if (mapping.mode() != MapMode.READ_ONLY) {
      ensureWritable();
    }
    enter();
    try {
      return file.map(mapping);
    } catch (IOException e) {
      throw asClosedMeanwhile(e);
    } finally {
      Reference.reachabilityFence(this);
      Notices.deliver();
    }
  }

  /** As on the default file system, an interrupt closes the channel here too. */
  @Override
  public FileLock lock(long at, long size, boolean shared) throws IOException {
    FileLock lock = tryLock(at, size, shared);
    if (Thread.currentThread().isInterrupted()) {
      FileLockInterruptionException interrupted = new FileLockInterruptionException();
      closeAfter(interrupted, this);
      throw interrupted;
    }
    return lock;
  }

  @Override
  public FileLock tryLock(long at, long size, boolean shared) throws IOException {
    ensureOpen();
    if (shared) {
      ensureReadable();
    } else {
      ensureWritable();
    }
    TmpFileLock lock = new TmpFileLock(reference.locksToAddTo(), file, this, at, size, shared);
    lock.acquire();
    if (!isOpen()) {
      lock.giveBack();
      throw new AsynchronousCloseException();
    }
    return lock;
  }

  @Override
  public TmpFileAttributeView view() {
    return new HandleView(file, this, readOnlyFileSystem);
  }

  @Override
  public void ownedBy(Object newOwner) {
    owner = Objects.requireNonNull(newOwner, "'owner' is null");
    reference.leaveReportToOwner();
  }

  @Override
  public boolean isNamed(Path path) throws IOException {
    Objects.requireNonNull(path, "'path' is null");
    ensureOpen();
    try {
      boolean named = path instanceof TmpPath ours && file.isNamed(ours);
      if (!isOpen()) { // the file may have lost its name as it was closed
        throw new AsynchronousCloseException();
      }
      return named;
    } catch (IOException e) {
      throw asClosedMeanwhile(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public Object fileKey() {
    return file.fileKey();
  }

  @Override
  public long append(ByteBuffer source) throws IOException {
    ensureOpen();
    ensureWritable();
    enter();
    try {
      long end;
      do {
        end = file.append(source);
      } while (source.hasRemaining());
      if (sync) {
        file.force(true);
      }
      return end;
    } catch (IOException e) {
      throw asClosedMeanwhile(e);
    } finally {
      Reference.reachabilityFence(this);
      Notices.deliver();
    }
  }

  @Override
  public FileChannel openAgain(Set<? extends OpenOption> options) throws IOException {
    boolean write = options.contains(StandardOpenOption.WRITE);
    boolean read = !write || options.contains(StandardOpenOption.READ);
    for (OpenOption option : options) {
      if (option != StandardOpenOption.READ && option != StandardOpenOption.WRITE) {
        throw new UnsupportedOperationException(option + " not supported");
      }
    }
    ensureOpen();
    if (read) {
      ensureReadable();
    }
    if (write) {
      ensureWritable();
    }
    try {
      return reference.newChannel(
          file.openAgain(OpenMode.existing(read, write)), readOnlyFileSystem);
    } catch (IOException e) {
      throw asClosedMeanwhile(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  protected void implCloseChannel() throws IOException {
    try {
      reference.free();
    } finally {
      reference.closed();
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public HandleReference reference() {
    return reference;
  }

  /** Reads at the position and moves it; the caller holds its lock. */
  private int readOn(ByteBuffer target) throws IOException {
    int n = readAt(target, position);
    position += Math.max(n, 0);
    return n;
  }

  int readAt(ByteBuffer target, long at) throws IOException {
    enter();
    ChannelArguments.checkNotReadOnly(target);
    if (!target.hasRemaining()) {
      return 0;
    }
    try {
      return file.read(target, at);
    } catch (IOException e) {
      throw asClosedMeanwhile(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Writes a buffer; in append mode at the end, wherever it was meant to go. Returns how many bytes
   * the file has got: all of them, unless the disk of the host fills up meanwhile.
   */
  int writeAt(ByteBuffer source, long at) throws IOException {
    enter();
    int start = source.position();
    int n = source.remaining();
    if (n == 0) {
      return 0;
    }
    try {
      if (append) {
        file.append(source);
      } else if (at > Long.MAX_VALUE - n) {
        throw new IOException("File too large");
      } else {
        file.write(source, at);
      }
      if (sync) {
        file.force(true);
      }
      return source.position() - start;
    } catch (IOException e) {
      throw asClosedMeanwhile(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Checks that the file may hold {@code count} bytes at {@code at}, or at its end in append mode,
   * before the first of several writes.
   */
  void checkLimits(long at, long count) throws IOException {
    try {
      long start = append ? file.size() : at;
      file.checkLimits(count > Long.MAX_VALUE - start ? Long.MAX_VALUE : start + count);
    } catch (IOException e) {
      throw asClosedMeanwhile(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private void ensureOpen() throws ClosedChannelException {
    ensureOpen(this);
  }

  private static void ensureOpen(Channel channel) throws ClosedChannelException {
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
  }

  /** Begins an operation on a channel that was open just before. */
  void enter() throws AsynchronousCloseException {
    if (Thread.currentThread().isInterrupted()) {
      throw closedByInterrupt();
    }
    if (!isOpen()) {
      throw new AsynchronousCloseException();
    }
  }

  ClosedByInterruptException closedByInterrupt() {
    ClosedByInterruptException interrupted = new ClosedByInterruptException();
    closeAfter(interrupted, this);
    return interrupted;
  }

  static void closeAfter(IOException failure, Channel channel) {
    Closer.after(failure, channel);
  }

  /** Returns what to throw for a failure, which is due to the close if this is closed by now. */
  private IOException asClosedMeanwhile(IOException found) {
    return isOpen() ? found : FileHandleReference.asClosedMeanwhile(found);
  }

  private void ensureReadable() {
    if (!readable) {
      throw new NonReadableChannelException();
    }
  }

  private void ensureWritable() {
    if (!writable) {
      throw new NonWritableChannelException();
    }
  }
}
