package io.github.niotmp.host;

import io.github.niotmp.disposable.OwnerOnly;
import io.github.niotmp.session.Place;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file on the default file system, held by a descriptor for as long as it lives.
 *
 * <p>It is an asynchronous channel, because an interrupt does not close one, with an executor that
 * runs the I/O in the thread that asks for it.
 */
abstract sealed class DescriptorSpillFile extends SpillFile permits UnlinkedSpillFile, HostFile {
  private final Path path;
  private final AsynchronousFileChannel channel;

  DescriptorSpillFile(
      SpillDirectory directory, Place place, Path path, AsynchronousFileChannel channel) {
    super(directory, place);
    this.path = path;
    this.channel = channel;
  }

  /** Creates a file, mode 0600, and opens it. */
  static AsynchronousFileChannel open(Path path, OpenOption... more) throws IOException {
    Set<OpenOption> options =
        new HashSet<>(
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
    options.addAll(List.of(more));
    return AsynchronousFileChannel.open(path, options, new CallingThread(), OwnerOnly.file(path));
  }

  @Override
  int readStep(ByteBuffer target, long position) throws IOException {
    return await(channel.read(target, position));
  }

  @Override
  void writeStep(ByteBuffer source, long position) throws IOException {
    await(channel.write(source, position));
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
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return Uninterrupted.call(
        () -> {
          try (FileChannel second =
              FileChannel.open(reopenable(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ensureOpen(); // or the descriptor may be another file's by now
            return second.map(mode, position, size);
          }
        });
  }

  /** Returns the name it was created by. */
  final Path createdAs() {
    return path;
  }

  final long sizeOnHost() throws IOException {
    return channel.size();
  }

  @Override
  void closeHost() throws IOException {
    channel.close();
  }

  /** An asynchronous channel cannot map: finds a path that opens the same file once more. */
  private Path reopenable() throws IOException {
    Path descriptor = descriptor();
    if (descriptor != null) {
      return descriptor; // whatever the name leads to by now
    }
    ensureOpen();
    if (hasName()) {
      return path;
    }
    throw new UnsupportedOperationException(
        "Mapping needs /proc to open an unlinked spill file once more");
  }

  private void ensureOpen() throws ClosedChannelException {
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
  }

  private @Nullable Path descriptor() throws IOException {
    String name = path.getFileName().toString();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        if (targetOf(descriptor).contains(name)) {
          return descriptor;
        }
      }
    } catch (NoSuchFileException e) {
      return null; // no /proc
    }
    return null;
  }

  private static String targetOf(Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException e) {
      return ""; // closed meanwhile
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

  /** Runs each task in the thread that submits it. Owns no thread, so there is nothing to end. */
  private static final class CallingThread extends AbstractExecutorService {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
