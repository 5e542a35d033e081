package io.github.niotmp.host;

import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.session.Place;
import java.io.IOException;
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
abstract sealed class DescriptorSpillFile extends ChannelSpillFile permits UnlinkedSpillFile {
  private final DescriptorChannel channel;

  DescriptorSpillFile(
      SpillDirectory directory,
      Place place,
      Path path,
      DescriptorChannel channel,
      Descriptors.Slot slot) {
    super(directory, place, path, channel, slot);
    this.channel = channel;
  }

  /** Creates a file, mode 0600, and opens it; {@code slot} counts its descriptor. */
  static DescriptorChannel open(Descriptors.Slot slot, Path path, OpenOption... more)
      throws IOException {
    Set<OpenOption> options =
        new HashSet<>(
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
    options.addAll(List.of(more));
    return DescriptorChannel.open(slot, path, options, OwnerOnly.file(path));
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    String name = String.valueOf(createdAs().getFileName());
    return channel.map(
        mode,
        position,
        size,
        descriptor -> Files.readSymbolicLink(descriptor).toString().contains(name),
        hasName() ? createdAs() : null);
  }
}
