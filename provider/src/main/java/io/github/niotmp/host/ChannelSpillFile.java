package io.github.niotmp.host;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.session.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/** A spill file that is open for as long as it lives. */
abstract sealed class ChannelSpillFile extends SpillFile permits UnlinkedSpillFile, NamedSpillFile {
  private final Place place;
  private final Path path;
  private final Descriptors.Slot slot;

  /** Held to change the channel, because the directory closes it from any thread. */
  private final ReentrantLock changing = new ReentrantLock();

  private volatile SteadyChannel channel;
  private boolean closed;
  private boolean left;

  /**
   * Takes part in what {@code directory} closes.
   *
   * @param place what it is in, as long as it has a name
   * @param slot counts its descriptor, and is free once this is closed
   */
  ChannelSpillFile(
      SpillDirectory directory,
      Place place,
      Path path,
      SteadyChannel channel,
      Descriptors.Slot slot) {
    super(directory);
    this.place = place;
    this.path = path;
    this.channel = channel;
    this.slot = slot;
  }

  final SteadyChannel channel() {
    return channel;
  }

  /** Goes over to another channel, which has the same bytes, and closes the one before. */
  final void become(SteadyChannel made) throws IOException {
    SteadyChannel unused = made;
    changing.lock();
    try {
      if (!closed) {
        unused = channel;
        channel = made;
      }
    } finally {
      changing.unlock();
    }
    unused.close();
  }

  /** Returns the name it was created by. */
  final Path createdAs() {
    return path;
  }

  @Override
  final boolean readStep(ByteBuffer target, long position) throws IOException {
    return channel.read(target, position) != -1;
  }

  @Override
  final void writeStep(ByteBuffer source, long position) throws IOException {
    channel.write(source, position);
  }

  @Override
  public final void truncate(long size) throws IOException {
    channel.truncate(size);
  }

  @Override
  public final void force(boolean metaData) throws IOException {
    channel.force(metaData);
  }

  @Override
  final void closeHost() throws IOException {
    SteadyChannel last;
    changing.lock();
    try {
      closed = true;
      last = channel;
    } finally {
      changing.unlock();
    }
    Closer closer = new Closer();
    closer.close(last);
    slot.free();
    if (hasName()) {
      closer.close(() -> ForeignProvider.deleteIfExists(path));
      closer.close(left ? place::removeRest : place::leave);
      left = true;
    }
    closer.finish();
  }
}
