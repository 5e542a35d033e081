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
 * A channel of any file system that runs its I/O in {@link IoThreads}. An interrupt of the caller
 * therefore does not close it, which would lose an unlinked file.
 *
 * <p>{@link #close()} waits for running I/O, because closing a channel of Jimfs interrupts its
 * users.
 */
final class OffThreadChannel implements UninterruptibleChannel {
  private static final int MOST_EMPTY_STEPS = 100;

  private final Path path;
  private final FileChannel channel;

  /** Null for a channel of another provider, for which descriptors are not searched. */
  private final @Nullable InodeDescriptors inode;

  private final @Nullable Reopening reopening;

  /**
   * Set before the channel is closed. A ClosedChannelException before that is a failure of the
   * provider.
   */
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
   * @param options the options that it was opened with
   * @param key the file key; null if it is not known
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

  /** Transfers at least one byte or throws, unless the buffer is empty. */
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

  /**
   * Returns a heap buffer, because other threads may not access a buffer of the caller's confined
   * arena.
   */
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
   * Maps a range. If only the calling thread may map, for a confined arena, it does so through a
   * second channel, because an interrupt would close this one.
   *
   * @param name a path that may lead to the file; null if it is unlinked
   * @throws UnsupportedOperationException if the provider cannot map, or only the calling thread
   *     may map and the provider is not the default one
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
