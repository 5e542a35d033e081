package io.github.niotmp.host;

import io.github.niotmp.disposable.OwnerOnly;
import io.github.niotmp.session.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A file on the default file system, held by a descriptor for as long as it lives. */
abstract sealed class DescriptorSpillFile extends SpillFile permits UnlinkedSpillFile, HostFile {
  private final Path path;
  private final DescriptorChannel channel;

  DescriptorSpillFile(SpillDirectory directory, Place place, Path path, DescriptorChannel channel) {
    super(directory, place);
    this.path = path;
    this.channel = channel;
  }

  /** Creates a file, mode 0600, and opens it. */
  static DescriptorChannel open(Path path, OpenOption... more) throws IOException {
    Set<OpenOption> options =
        new HashSet<>(
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
    options.addAll(List.of(more));
    return DescriptorChannel.open(path, options, OwnerOnly.file(path));
  }

  @Override
  int readStep(ByteBuffer target, long position) throws IOException {
    return channel.read(target, position);
  }

  @Override
  void writeStep(ByteBuffer source, long position) throws IOException {
    channel.write(source, position);
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
    String name = String.valueOf(path.getFileName());
    return channel.map(
        mode,
        position,
        size,
        descriptor -> Files.readSymbolicLink(descriptor).toString().contains(name),
        hasName() ? path : null);
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
}
