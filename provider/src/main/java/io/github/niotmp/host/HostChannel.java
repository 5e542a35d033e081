package io.github.niotmp.host;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.mapping.Mapping;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An open file of a host volume, on any file system.
 *
 * <p>Interrupts do not disturb any method; the interrupt status stays set. Reads may run in
 * parallel with each other and with writes of other bytes. After {@link #close()} methods throw
 * {@link java.nio.channels.ClosedChannelException}.
 */
public final class HostChannel implements Closeable {
  private final UninterruptibleChannel channel;
  private final Path openedAs;
  private final @Nullable Object key;

  private HostChannel(UninterruptibleChannel channel, Path openedAs, @Nullable Object key) {
    this.channel = channel;
    this.openedAs = openedAs;
    this.key = key;
  }

  /**
   * Opens a file; does not follow a link. With CREATE_NEW, removes the created file if this fails.
   *
   * @param options without APPEND, which an asynchronous channel refuses
   */
  public static HostChannel open(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    if (path.getFileSystem() == FileSystems.getDefault()) {
      DescriptorChannel channel = DescriptorChannel.open(path, options, attributes);
      return new HostChannel(channel, path, channel.key());
    }
    OffThreadChannel channel = OffThreadChannel.open(path, options, attributes);
    try {
      return new HostChannel(channel, path, Reopening.keyOf(path));
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, channel);
      removeCreated(path, options, e);
      throw e;
    }
  }

  /** Opens a directory for reading. */
  @FunctionalInterface
  public interface Opening {
    /** Opens the directory as a file. */
    HostChannel open() throws IOException;
  }

  /**
   * Opens a directory for reading, to force it. If the host cannot open directories, as Windows and
   * most providers, forcing the result has no effect.
   *
   * @param path the directory
   * @param there its attributes
   */
  public static HostChannel openDirectory(Path path, BasicFileAttributes there, Opening opening)
      throws IOException {
    boolean isDefault = path.getFileSystem() == FileSystems.getDefault();
    try {
      HostChannel opened = opening.open();
      return new HostChannel(new DirectoryChannel(opened.channel, there.size()), path, opened.key);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      if (isDefault ? DirectExecutor.IS_UNIX : e instanceof AccessDeniedException) {
        throw e;
      }
      return new HostChannel(new DirectoryChannel(null, there.size()), path, there.fileKey());
    }
  }

  /**
   * Opens a file in an open directory; does not follow a link.
   *
   * @param openedAs the last known path of the file
   * @param options without APPEND and DELETE_ON_CLOSE
   * @throws IOException also if the provider has no {@link FileChannel} for files in an open
   *     directory
   */
  public static HostChannel open(
      SecureDirectoryStream<Path> directory,
      Path name,
      Path openedAs,
      Set<? extends OpenOption> options,
      FileAttribute<?>... attributes)
      throws IOException {
    SeekableByteChannel opened = directory.newByteChannel(name, options, attributes);
    try {
      if (!(opened instanceof FileChannel file)) {
        throw new FileSystemException(
            openedAs.toString(), null, "Its provider opens no FileChannel in an open directory");
      }
      Object key = keyIn(directory, name);
      OffThreadChannel channel =
          name.getFileSystem() == FileSystems.getDefault()
              ? OffThreadChannel.registered(openedAs, file, options, key)
              : OffThreadChannel.over(openedAs, file);
      return new HostChannel(channel, openedAs, key);
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, opened);
      if (options.contains(StandardOpenOption.CREATE_NEW)) {
        Closer.after(e, () -> directory.deleteFile(name));
      }
      throw e;
    }
  }

  private static @Nullable Object keyIn(SecureDirectoryStream<Path> directory, Path name)
      throws IOException {
    try {
      return directory
          .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .readAttributes()
          .fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static void removeCreated(
      Path path, Set<? extends OpenOption> options, Throwable failure) {
    if (options.contains(StandardOpenOption.CREATE_NEW)) {
      Closer.after(failure, () -> Files.deleteIfExists(path));
    }
  }

  /** Returns the file key, or null if the host has none. */
  public @Nullable Object key() {
    return key;
  }

  /** Reads some bytes, at least one; -1 at the end. */
  public int read(ByteBuffer target, long position) throws IOException {
    return channel.read(target, position);
  }

  /** Writes some bytes, at least one. */
  public int write(ByteBuffer source, long position) throws IOException {
    return channel.write(source, position);
  }

  /** Cuts the file to {@code size}; has no effect on a shorter one. */
  public void truncate(long size) throws IOException {
    channel.truncate(size);
  }

  /** Forces the written bytes to the device. */
  public void force(boolean metaData) throws IOException {
    channel.force(metaData);
  }

  /** Returns the current size. */
  public long size() throws IOException {
    return channel.size();
  }

  /**
   * Maps a range; extends a shorter file first, if this channel is open for writing. The mapping
   * outlives the channel.
   *
   * @throws UnsupportedOperationException if the host's provider cannot map
   */
  public <T> T map(Mapping<T> mapping) throws IOException {
    return channel.map(mapping, openedAs);
  }

  /** I/O on a path that leads to the file. */
  @FunctionalInterface
  public interface PathIo<T extends @Nullable Object> {
    /** Runs the I/O; must not keep the path. */
    T on(Path descriptor) throws IOException;
  }

  /**
   * Runs I/O on a path that leads to the file, even if it is unlinked.
   *
   * @return null if the host has no such path
   */
  public <T> @Nullable T throughDescriptor(PathIo<T> io) throws IOException {
    if (!(channel instanceof DescriptorChannel descriptor)) {
      return null;
    }
    try {
      return descriptor.throughDescriptor(io::on);
    } catch (NotReopenableException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
