package io.github.niotmp.host;

import io.github.niotmp.session.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A spill file that is open for as long as it lives. */
abstract sealed class ChannelSpillFile extends SpillFile
    permits DescriptorSpillFile, NamedSpillFile {
  private final Path path;
  private final SteadyChannel channel;

  ChannelSpillFile(SpillDirectory directory, Place place, Path path, SteadyChannel channel) {
    super(directory, place);
    this.path = path;
    this.channel = channel;
  }

  /** Returns the name it was created by. */
  final Path createdAs() {
    return path;
  }

  final long sizeOnHost() throws IOException {
    return channel.size();
  }

  @Override
  final int readStep(ByteBuffer target, long position) throws IOException {
    return channel.read(target, position);
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
  void closeHost() throws IOException {
    channel.close();
  }
}
