package io.github.niotmp.host;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.session.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A spill file that is open for as long as it lives. */
abstract sealed class ChannelSpillFile extends SpillFile
    permits DescriptorSpillFile, NamedSpillFile {
  private final Place place;
  private final Path path;
  private final SteadyChannel channel;
  private boolean left;

  /**
   * Takes part in what {@code directory} closes.
   *
   * @param place what it is in, as long as it has a name
   */
  ChannelSpillFile(SpillDirectory directory, Place place, Path path, SteadyChannel channel) {
    super(directory);
    this.place = place;
    this.path = path;
    this.channel = channel;
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
    Closer closer = new Closer();
    closer.close(channel);
    if (hasName()) {
      closer.close(() -> ForeignProvider.deleteIfExists(path));
      closer.close(left ? place::removeRest : place::leave);
      left = true;
    }
    closer.finish();
  }
}
