package io.github.niotmp.host;

import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.session.Place;
import java.io.IOException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A spill file that keeps its name until it is closed, for providers that do not unlink as they
 * open.
 */
final class NamedSpillFile extends ChannelSpillFile {
  private final ShieldedChannel channel;

  private NamedSpillFile(
      SpillDirectory directory,
      Place place,
      Path path,
      ShieldedChannel channel,
      Descriptors.Slot slot) {
    super(directory, place, path, channel, slot);
    this.channel = channel;
  }

  /** Creates a file; {@code slot} counts the descriptor that its provider may hold. */
  static NamedSpillFile create(
      SpillDirectory directory, Place place, Path path, Descriptors.Slot slot) throws IOException {
    Set<OpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      return new NamedSpillFile(
          directory, place, path, ShieldedChannel.open(path, options, OwnerOnly.file(path)), slot);
    } catch (IOException | RuntimeException | Error e) { // the provider may have created the file
      Closer.after(e, () -> ForeignProvider.deleteIfExists(path));
      throw e;
    }
  }

  @Override
  public <T> T map(Mapping<T> mapping) throws IOException {
    return channel.map(mapping, null);
  }

  @Override
  boolean hasName() {
    return true;
  }
}
