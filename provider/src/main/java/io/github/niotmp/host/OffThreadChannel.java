package io.github.niotmp.host;

import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.internal.mapping.OtherThreadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A channel of any file system, used by threads alone that nobody interrupts: an interrupt would
 * close it, and once its file has no name nobody could open that again.
 *
 * <p>It is closed while nobody uses it, as a channel of Jimfs interrupts all its users then.
 */
final class OffThreadChannel implements UninterruptibleChannel {
  private static final int MOST_EMPTY_STEPS = 100;

  private final Path path;
  private final FileChannel channel;

  /** Null if the channel is not one of the default file system, whose descriptors are searched. */
  private final @Nullable InodeDescriptors inode;

  private final @Nullable Reopening reopening;

  /** Set before the channel is closed; only then may the provider say that it is. */
  private final AtomicBoolean closed = new AtomicBoolean();

  private final ReadWriteLock closing = new ReentrantReadWriteLock();

  private OffThreadChannel(
      Path path,
      FileChannel channel,
      @Nullable InodeDescriptors inode,
      @Nullable Reopening reopening) {
    this.path = path;
    this.channel = channel;
    this.inode = inode;
    this.reopening = reopening;
  }

  static OffThreadChannel open(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return over(
        path,
        ForeignProvider.callIfSupported(path, () -> FileChannel.open(path, options, attributes)));
  }

  /** Creates a file, mode 0600, open for reading and writing. */
  static OffThreadChannel create(Path path, OpenOption... more) throws IOException {
    return open(path, DescriptorChannel.creating(more), OwnerOnly.file(path));
  }

  /**
   * Takes over a channel of any file system.
   *
   * @param path for exceptions
   */
  static OffThreadChannel over(Path path, FileChannel channel) {
    return new OffThreadChannel(path, channel, null, null);
  }

  /**
   * Takes over a channel of the default file system.
   *
   * @param path for exceptions
   * @param options how it was opened
   * @param key what tells its file from others; null if that is not known
   */
  static OffThreadChannel registered(
      Path path, FileChannel channel, Set<? extends OpenOption> options, @Nullable Object key) {
    InodeDescriptors inode = InodeDescriptors.register(key);
    return new OffThreadChannel(
        path,
        channel,
        inode,
        new Reopening(
            channel,
            channel::tryLock,
            options,
            key,
            inode,
            descriptor -> key != null && key.equals(descriptorKey(descriptor))));
  }

  private static @Nullable Object descriptorKey(Path descriptor) throws IOException {
    return Files.readAttributes(descriptor, BasicFileAttributes.class).fileKey();
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    if (!target.isDirect()) {
      return some(target, () -> channel.read(target, position));
    }
    ByteBuffer copy = copyFor(target);
    int count = some(target, () -> channel.read(copy, position));
    target.put(copy.flip());
    return count;
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    if (!source.isDirect()) {
      return some(source, () -> channel.write(source, position));
    }
    ByteBuffer copy = copyFor(source);
    int start = source.position();
    copy.put(source.slice().limit(copy.limit())).flip();
    int count = some(source, () -> channel.write(copy, position));
    source.position(start + count);
    return count;
  }

  /** Transfers at least one byte, unless there is none to transfer, or throws. */
  private int some(ByteBuffer buffer, IoThreads.Io<Integer> io) throws IOException {
    boolean isEmpty = !buffer.hasRemaining();
    for (int steps = 0; steps < MOST_EMPTY_STEPS; steps++) {
      int count = onChannel(io);
      if (count != 0 || isEmpty) {
        return count;
      }
    }
    throw new FileSystemException(path.toString(), null, "Its provider transfers no bytes");
  }

  /** Returns a buffer for other threads, which may not touch one of the caller's confined arena. */
  private static ByteBuffer copyFor(ByteBuffer buffer) {
    return ByteBuffer.allocate(Math.min(buffer.remaining(), STEP));
  }

  @Override
  public void truncate(long size) throws IOException {
    onChannel(() -> channel.truncate(size));
  }

  @Override
  public void force(boolean metaData) throws IOException {
    onChannel(
        () -> {
          channel.force(metaData);
          return channel;
        });
  }

  @Override
  public long size() throws IOException {
    return onChannel(channel::size);
  }

  /**
   * Maps a range. What only the thread of the caller may map, it maps through another channel on
   * the file, since an interrupt closes the channel that it hits.
   *
   * @param name may lead to the file; null if no name does
   * @throws UnsupportedOperationException if the channel cannot map so, or the caller's thread
   *     alone may map and the file cannot be opened once more
   */
  @Override
  public <T> T map(Mapping<T> mapping, @Nullable Path name) throws IOException {
    closing.readLock().lock();
    try {
      return ForeignProvider.callIfSupported(
          path, () -> IoThreads.call(() -> mapping.through(channel)));
    } catch (OtherThreadException e) {
      if (reopening == null) {
        throw new UnsupportedOperationException(
            path + ": Cannot be mapped in a confined arena here; take a shared one", e.getCause());
      }
      return reopening.map(mapping, name);
    } finally {
      closing.readLock().unlock();
    }
  }

  private <T> T onChannel(IoThreads.Io<T> io) throws IOException {
    closing.readLock().lock();
    try {
      return IoThreads.call(io);
    } catch (IOException | RuntimeException e) {
      if (closed.get() && e instanceof ClosedChannelException) {
        throw e;
      }
      throw ForeignProvider.failure(path, e);
    } finally {
      closing.readLock().unlock();
    }
  }

  @Override
  public void close() throws IOException {
    closing.writeLock().lock();
    try {
      if (closed.compareAndSet(false, true)) {
        closeOnce();
      }
    } finally {
      closing.writeLock().unlock();
    }
  }

  private void closeOnce() throws IOException {
    if (inode == null) {
      ForeignProvider.run(path, channel::close);
    } else {
      inode.close(channel);
    }
  }
}
