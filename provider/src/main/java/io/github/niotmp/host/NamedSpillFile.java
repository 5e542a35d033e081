package io.github.niotmp.host;

import io.github.niotmp.disposable.OwnerOnly;
import io.github.niotmp.session.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A spill file that keeps its name until it is closed, for providers that do not unlink as they
 * open. An interrupt closes its channel; as it has a name, it is opened again.
 */
final class NamedSpillFile extends SpillFile {
  private final Path path;
  private final ReentrantLock reopening = new ReentrantLock();
  private volatile FileChannel channel;
  private volatile boolean closed;

  private NamedSpillFile(SpillDirectory directory, Place place, Path path, FileChannel channel) {
    super(directory, place);
    this.path = path;
    this.channel = channel;
  }

  static NamedSpillFile create(SpillDirectory directory, Place place, Path path)
      throws IOException {
    Set<OpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new NamedSpillFile(
        directory, place, path, FileChannel.open(path, options, OwnerOnly.file(path)));
  }

  @Override
  int readStep(ByteBuffer target, long position) throws IOException {
    int start = target.position();
    return onChannel(open -> open.read(target.position(start), position));
  }

  @Override
  void writeStep(ByteBuffer source, long position) throws IOException {
    int start = source.position();
    onChannel(open -> open.write(source.position(start), position));
  }

  @Override
  public void truncate(long size) throws IOException {
    onChannel(open -> open.truncate(size));
  }

  @Override
  public void force(boolean metaData) throws IOException {
    onChannel(
        open -> {
          open.force(metaData);
          return open;
        });
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return onChannel(open -> open.map(mode, position, size));
  }

  @Override
  boolean hasName() {
    return true;
  }

  @Override
  void closeHost() throws IOException {
    reopening.lock();
    try {
      closed = true;
      channel.close();
    } finally {
      reopening.unlock();
      Files.deleteIfExists(path);
    }
  }

  private interface Operation<T> {
    T on(FileChannel open) throws IOException;
  }

  /** Another thread's interrupt closes the channel under this one too: both try again. */
  private <T> T onChannel(Operation<T> operation) throws IOException {
    return Uninterrupted.call(
        () -> {
          while (true) {
            FileChannel open = openAgain();
            try {
              return operation.on(open);
            } catch (ClosedChannelException e) {
              if (closed) {
                throw e;
              }
              if (Thread.currentThread().isInterrupted()) {
                // whoever closed it, it would close again while the status is set
                throw new ClosedByInterruptException();
              }
            }
          }
        });
  }

  private FileChannel openAgain() throws IOException {
    FileChannel open = channel;
    if (open.isOpen()) {
      return open;
    }
    reopening.lock();
    try {
      if (closed) {
        throw new ClosedChannelException();
      }
      if (!channel.isOpen()) {
        channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      }
      return channel;
    } finally {
      reopening.unlock();
    }
  }
}
