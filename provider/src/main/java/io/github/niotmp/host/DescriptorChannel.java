package io.github.niotmp.host;

import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.internal.thread.Uninterruptibles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A channel of the default file system, on a named or an unlinked file.
 *
 * <p>It uses an asynchronous channel, because an interrupt does not close one. A direct executor
 * runs the I/O in the calling thread.
 */
final class DescriptorChannel implements UninterruptibleChannel {
  /** The suffix that Linux shows for the path of an unlinked file. */
  private static final String DELETED = " (deleted)";

  private final AsynchronousFileChannel channel;
  private final Path openedAs;
  private final boolean unlinked;
  private final @Nullable Object key;
  private final InodeDescriptors inode;
  private final Reopening reopening;
  private final Descriptors.Slot slot;
  private final AtomicBoolean closed = new AtomicBoolean();

  private DescriptorChannel(
      AsynchronousFileChannel channel,
      Path openedAs,
      Set<? extends OpenOption> options,
      @Nullable Object key,
      Descriptors.Slot slot) {
    this.channel = channel;
    this.openedAs = openedAs;
    this.unlinked = options.contains(StandardOpenOption.DELETE_ON_CLOSE);
    this.key = key;
    this.inode = InodeDescriptors.register(key);
    this.reopening = new Reopening(channel, channel::tryLock, options, key, inode, this::isOurs);
    this.slot = slot;
  }

  static DescriptorChannel open(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Descriptors.Slot slot = Descriptors.acquire();
    try {
      return open(slot, path, options, attributes);
    } catch (IOException | RuntimeException | Error e) {
      slot.free();
      throw e;
    }
  }

  /**
   * Opens a file.
   *
   * @param slot the count of the descriptor. Closing the channel frees it; the caller frees it if
   *     this throws
   */
  static DescriptorChannel open(
      Descriptors.Slot slot,
      Path path,
      Set<? extends OpenOption> options,
      FileAttribute<?>... attributes)
      throws IOException {
    AsynchronousFileChannel channel = DirectExecutor.open(path, options, attributes);
    try {
      Object key =
          options.contains(StandardOpenOption.DELETE_ON_CLOSE) ? null : Reopening.keyOf(path);
      return new DescriptorChannel(channel, path, options, key, slot);
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, channel);
      throw e;
    }
  }

  /**
   * Creates a file, mode 0600, open for reading and writing; see {@link #open} for {@code slot}.
   */
  static DescriptorChannel create(Descriptors.Slot slot, Path path, OpenOption... more)
      throws IOException {
    return open(slot, path, creating(more), OwnerOnly.file(path));
  }

  /** Returns the options that create a file for reading and writing. */
  static Set<OpenOption> creating(OpenOption... more) {
    Set<OpenOption> options =
        new HashSet<>(
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
    options.addAll(List.of(more));
    return options;
  }

  /** Returns the file key; null if the file was unlinked on opening. */
  @Nullable Object key() {
    return key;
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return await(channel.read(target, position));
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    return await(channel.write(source, position));
  }

  @Override
  public void truncate(long size) throws IOException {
    channel.truncate(size);
  }

  @Override
  public void force(boolean metaData) throws IOException {
    channel.force(metaData);
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  /** Maps the file through a second channel, because an asynchronous channel cannot map. */
  @Override
  public <T> T map(Mapping<T> mapping, @Nullable Path name) throws IOException {
    return reopening.map(mapping, name);
  }

  /** Says whether the file at {@code name} has the key of this channel's file. */
  boolean leadsHere(Path name) throws IOException {
    return reopening.leadsHere(name);
  }

  /**
   * Opens the file once more.
   *
   * @param name a path that may lead to the file
   * @return null if the name leads to another file, or to none
   */
  @Nullable DescriptorChannel reopenByName(Path name, boolean writes) throws IOException {
    return inode.locked(() -> sameByName(name, writes)).orElse(null);
  }

  private Optional<DescriptorChannel> sameByName(Path name, boolean writes) throws IOException {
    ensureOpen();
    if (!leadsHere(name)) {
      return Optional.empty();
    }
    try {
      DescriptorChannel found = open(name, Reopening.options(writes));
      return reopening.kept(found, found.channel::tryLock, leadsHere(name));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Opens the file once more for reading and writing, by its descriptor.
   *
   * @throws NotReopenableException if no descriptor leads to the file for certain
   */
  DescriptorChannel reopen() throws IOException {
    return throughDescriptor(
        path -> {
          Set<OpenOption> options = Reopening.following(Reopening.options(true));
          Descriptors.Slot counted = Descriptors.acquire();
          try {
            return new DescriptorChannel(
                DirectExecutor.open(path, options), openedAs, options, key, counted);
          } catch (IOException | RuntimeException | Error e) {
            counted.free();
            throw e;
          }
        });
  }

  /** I/O on the path of a descriptor. */
  @FunctionalInterface
  interface PathIo<T extends @Nullable Object> {
    T on(Path descriptor) throws IOException;
  }

  /**
   * Runs I/O on the path of a descriptor of the file. The I/O must not keep the path.
   *
   * @throws NotReopenableException if no descriptor leads to the file for certain
   */
  <T extends @Nullable Object> T throughDescriptor(PathIo<T> io) throws IOException {
    return inode.locked(() -> io.on(reopening.descriptor()));
  }

  /**
   * Says whether a descriptor leads to the file. Without a key, compares the random name that the
   * file was created with.
   */
  private boolean isOurs(Path descriptor) throws IOException {
    if (key != null) {
      return key.equals(Files.readAttributes(descriptor, BasicFileAttributes.class).fileKey());
    }
    Path target = Files.readSymbolicLink(descriptor);
    String name =
        unlinked
            ? String.valueOf(openedAs.getFileName())
            : openedAs.toString(); // a random name is unique
    return target.endsWith(name) || target.endsWith(name + DELETED);
  }

  private void ensureOpen() throws ClosedChannelException {
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      try {
        inode.close(channel);
      } finally {
        slot.free();
      }
    }
  }

  private static int await(Future<Integer> done) throws IOException {
    try {
      return Uninterruptibles.get(done::get);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }
}
