package io.github.niotmp.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A channel of the default file system, which holds its file whether that has a name or not.
 *
 * <p>It is an asynchronous channel, because an interrupt does not close one, with an executor that
 * runs the I/O in the thread that asks for it.
 */
final class DescriptorChannel implements SteadyChannel {
  private static final String DESCRIPTORS = "/proc/self/fd";

  private final AsynchronousFileChannel channel;
  private final boolean writable;
  private final Descriptors.Slot slot;

  private DescriptorChannel(
      AsynchronousFileChannel channel, boolean writable, Descriptors.Slot slot) {
    this.channel = channel;
    this.writable = writable;
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
    return new DescriptorChannel(
        AsynchronousFileChannel.open(path, options, new CallingThread(), attributes),
        options.contains(StandardOpenOption.WRITE),
        slot);
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

  /** Says whether a descriptor, as a path, is that of this channel. */
  @FunctionalInterface
  interface Recognition {
    boolean isOurs(Path descriptor) throws IOException;
  }

  /**
   * Maps the file, which an asynchronous channel cannot, through a path that opens it once more.
   *
   * @param name leads to the file where descriptors have no paths; null if nothing does
   */
  MappedByteBuffer map(
      MapMode mode, long position, long size, Recognition recognition, @Nullable Path name)
      throws IOException {
    return Uninterrupted.call(
        () -> {
          Set<OpenOption> options =
              writable
                  ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)
                  : Set.of(StandardOpenOption.READ);
          try (FileChannel second = FileChannel.open(reopenable(recognition, name), options)) {
            ensureOpen(); // or the descriptor may be another file's by now
            return second.map(mode, position, size);
          }
        });
  }

  private Path reopenable(Recognition recognition, @Nullable Path name) throws IOException {
    Path descriptor = descriptor(recognition);
    if (descriptor != null) {
      return descriptor; // whatever the name leads to by now
    }
    ensureOpen();
    if (name != null) {
      return name;
    }
    throw new UnsupportedOperationException(
        "Mapping needs /proc to open an unlinked file once more");
  }

  private void ensureOpen() throws ClosedChannelException {
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
  }

  /** Returns the path of this channel's descriptor, or null where descriptors have none. */
  static @Nullable Path descriptor(Recognition recognition) throws IOException {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of(DESCRIPTORS))) {
      for (Path descriptor : descriptors) {
        if (isOurs(descriptor, recognition)) {
          return descriptor;
        }
      }
    } catch (NoSuchFileException e) {
      return null; // no /proc
    }
    return null;
  }

  private static boolean isOurs(Path descriptor, Recognition recognition) throws IOException {
    try {
      return recognition.isOurs(descriptor);
    } catch (NoSuchFileException e) {
      return false; // closed meanwhile
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      slot.free();
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
