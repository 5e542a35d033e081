package io.github.niotmp.host;

import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.foreign.ForeignProvider;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
 * A channel of the default file system, which holds its file whether that has a name or not.
 *
 * <p>It is an asynchronous channel, because an interrupt does not close one, with an executor that
 * runs the I/O in the thread that asks for it.
 */
final class DescriptorChannel implements SteadyChannel {
  /** What Linux adds to the name of a file that has none any more. */
  private static final String DELETED = " (deleted)";

  private final AsynchronousFileChannel channel;
  private final Path openedAs;
  private final boolean readable;
  private final boolean writable;
  private final boolean unlinked;
  private final @Nullable Object key;
  private final InodeDescriptors inode;
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
    this.readable = options.contains(StandardOpenOption.READ);
    this.writable = options.contains(StandardOpenOption.WRITE);
    this.unlinked = options.contains(StandardOpenOption.DELETE_ON_CLOSE);
    this.key = key;
    this.inode = InodeDescriptors.register(key);
    this.slot = slot;
  }

  static DescriptorChannel open(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Descriptors.Slot slot = Descriptors.take();
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
   * @param slot counts the descriptor; it is free once the channel is closed, and the caller's to
   *     free if this throws
   */
  static DescriptorChannel open(
      Descriptors.Slot slot,
      Path path,
      Set<? extends OpenOption> options,
      FileAttribute<?>... attributes)
      throws IOException {
    AsynchronousFileChannel channel = CallingThread.open(path, options, attributes);
    try {
      Object key = options.contains(StandardOpenOption.DELETE_ON_CLOSE) ? null : keyOf(path);
      return new DescriptorChannel(channel, path, options, key, slot);
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, channel);
      throw e;
    }
  }

  /** Creates a file, mode 0600, open for reading and writing; {@code slot} as of {@link #open}. */
  static DescriptorChannel create(Descriptors.Slot slot, Path path, OpenOption... more)
      throws IOException {
    Set<OpenOption> options =
        new HashSet<>(
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
    options.addAll(List.of(more));
    return open(slot, path, options, OwnerOnly.file(path));
  }

  /** Returns null if the name leads to no file any more. */
  private static @Nullable Object keyOf(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Returns what tells the file from others; null if its name went as it was opened. */
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

  /**
   * Maps the file, which an asynchronous channel cannot, through another channel that is opened for
   * that.
   *
   * @param name may lead to the file; null if nothing does
   * @throws NotReopenableException if neither a name nor a descriptor leads to the file for certain
   * @throws IOException with the reason, if the file cannot be opened or mapped
   */
  MappedByteBuffer map(MapMode mode, long position, long size, @Nullable Path name)
      throws IOException {
    Set<OpenOption> options = options(writable);
    try {
      return Uninterrupted.call(
          () ->
              inode.locked(
                  () -> {
                    ensureOpen();
                    try (FileChannel second = second(name, options)) {
                      return second.map(mode, position, size);
                    }
                  }));
    } catch (FileSystemException e) { // may name the path of a descriptor
      String reason = "Cannot be opened to be mapped: " + ForeignProvider.words(e);
      IOException failure =
          e instanceof AccessDeniedException
              ? new AccessDeniedException(openedAs.toString(), null, reason)
              : new IOException(reason);
      failure.initCause(e);
      throw failure;
    }
  }

  private static Set<OpenOption> options(boolean writes) {
    return writes
        ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
        : Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  private FileChannel second(@Nullable Path name, Set<OpenOption> options) throws IOException {
    FileChannel named = name == null ? null : secondByName(name, options);
    if (named != null) {
      return named;
    }
    FileChannel found = FileChannel.open(inode.find(this::isOurs), following(options));
    return kept(found, found::tryLock, true)
        .orElseThrow(() -> new NotReopenableException("a descriptor of it leads to another file"));
  }

  private @Nullable FileChannel secondByName(Path name, Set<OpenOption> options)
      throws IOException {
    if (key != null ? !leadsHere(name) : CallingThread.IS_UNIX && !unlinked) {
      return null; // it may be a FIFO; Windows has neither these nor keys
    }
    FileChannel found;
    try {
      found = FileChannel.open(name, options);
    } catch (NoSuchFileException e) {
      return null;
    }
    return kept(found, found::tryLock, leadsHere(name)).orElse(null);
  }

  /** Returns the channel if it has the file of this one open; else closes it. */
  private <C extends Closeable> Optional<C> kept(
      C found, SameFile.Lockable lockable, boolean otherwise) throws IOException {
    boolean same = false;
    try {
      same = SameFile.test(channel::tryLock, readable, lockable, otherwise);
    } finally {
      if (!same) {
        found.close();
      }
    }
    return same ? Optional.of(found) : Optional.empty();
  }

  /** Says whether a name leads to the file of this channel, as far as its key tells. */
  boolean leadsHere(Path name) throws IOException {
    return key != null && key.equals(keyOf(name));
  }

  /** The path of a descriptor is a link. */
  private static Set<OpenOption> following(Set<OpenOption> options) {
    Set<OpenOption> following = new HashSet<>(options);
    following.remove(LinkOption.NOFOLLOW_LINKS);
    return following;
  }

  /**
   * Opens the file once more.
   *
   * @param name may lead to the file
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
      DescriptorChannel found = open(name, options(writes));
      return kept(found, found.channel::tryLock, leadsHere(name));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Opens the file once more for reading and writing, whatever its name is now.
   *
   * @throws NotReopenableException if no descriptor leads to the file for certain
   */
  DescriptorChannel reopen() throws IOException {
    return throughDescriptor(
        path -> {
          Set<OpenOption> options = following(options(true));
          Descriptors.Slot counted = Descriptors.take();
          try {
            return new DescriptorChannel(
                CallingThread.open(path, options), openedAs, options, key, counted);
          } catch (IOException | RuntimeException | Error e) {
            counted.free();
            throw e;
          }
        });
  }

  /** I/O on a path that leads to the file of a descriptor, though that may have no name. */
  @FunctionalInterface
  interface PathIo<T extends @Nullable Object> {
    T on(Path descriptor) throws IOException;
  }

  /**
   * Does I/O on the path of a descriptor of the file. The path must not be kept.
   *
   * @throws NotReopenableException if no descriptor leads to the file for certain
   */
  <T extends @Nullable Object> T throughDescriptor(PathIo<T> io) throws IOException {
    return inode.locked(
        () -> {
          ensureOpen();
          return io.on(inode.find(this::isOurs));
        });
  }

  /** Without a key the file is known by the name that it was created by, which may be gone. */
  private boolean isOurs(Path descriptor) throws IOException {
    if (key != null) {
      return key.equals(Files.readAttributes(descriptor, BasicFileAttributes.class).fileKey());
    }
    Path target = Files.readSymbolicLink(descriptor);
    String name =
        unlinked
            ? String.valueOf(openedAs.getFileName())
            : openedAs.toString(); // a random name says enough
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
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return done.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
