package io.github.niotmp.host;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of a user's on the host that is open, on whatever file system.
 *
 * <p>No method is disturbed by an interrupt of the thread that calls it; the interrupt status stays
 * set. Reads may run in parallel with each other and with writes of other bytes. After {@link
 * #close()} methods throw {@link java.nio.channels.ClosedChannelException}.
 */
public abstract sealed class HostChannel implements Closeable {
  private final @Nullable Object key;

  private HostChannel(@Nullable Object key) {
    this.key = key;
  }

  /**
   * Opens a file; a link that the path names is not followed.
   *
   * @param options without APPEND, which an asynchronous channel refuses
   */
  public static HostChannel open(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return path.getFileSystem() == FileSystems.getDefault()
        ? new Held(path, DescriptorChannel.open(path, options, attributes))
        : new Named(path, ReopenedChannel.open(path, options, attributes));
  }

  private static @Nullable Object keyOf(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /** Returns what tells the file from all others of its file system, or null if nothing does. */
  public @Nullable Object key() {
    return key;
  }

  /** Reads some bytes, at least one; -1 at the end. */
  public abstract int read(ByteBuffer target, long position) throws IOException;

  /** Writes some bytes, at least one. */
  public abstract int write(ByteBuffer source, long position) throws IOException;

  /** Cuts the file to {@code size}; does nothing to one that is not longer. */
  public abstract void truncate(long size) throws IOException;

  /** Forces what was written to the device. */
  public abstract void force(boolean metaData) throws IOException;

  /** Returns the size at this moment, whoever wrote last. */
  public abstract long size() throws IOException;

  /**
   * Maps a range; a file that ends before it is extended first, if this channel writes. The mapping
   * outlives the channel.
   *
   * @throws UnsupportedOperationException if the host's provider cannot map
   */
  public abstract MappedByteBuffer map(MapMode mode, long position, long size) throws IOException;

  /**
   * Returns a path that leads to the file though it may have no name any more, or null where there
   * is none.
   */
  public abstract @Nullable Path descriptor() throws IOException;

  /** On the default file system. */
  private static final class Held extends HostChannel {
    private final DescriptorChannel channel;

    Held(Path path, DescriptorChannel channel) throws IOException {
      super(keyOrClose(path, channel));
      this.channel = channel;
    }

    private boolean isOurs(Path descriptor) throws IOException {
      return Objects.equals(
          key(), Files.readAttributes(descriptor, BasicFileAttributes.class).fileKey());
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return channel.read(target, position);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      return channel.write(source, position);
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

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
      return channel.map(mode, position, size, this::isOurs, null);
    }

    @Override
    public @Nullable Path descriptor() throws IOException {
      return DescriptorChannel.descriptor(this::isOurs);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private static @Nullable Object keyOrClose(Path path, Closeable channel) throws IOException {
    try {
      return keyOf(path);
    } catch (IOException | RuntimeException e) {
      try (channel) {
        throw e;
      }
    }
  }

  /** On any other. */
  private static final class Named extends HostChannel {
    private final ReopenedChannel channel;

    Named(Path path, ReopenedChannel channel) throws IOException {
      super(keyOrClose(path, channel));
      this.channel = channel;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return channel.read(target, position);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      return channel.write(source, position);
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

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
      return channel.map(mode, position, size);
    }

    @Override
    public @Nullable Path descriptor() {
      return null;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
