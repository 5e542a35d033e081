package io.github.niotmp.host;

import io.github.niotmp.internal.cleanup.HostNames;
import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.internal.search.SessionRoot;
import io.github.niotmp.session.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A spill file on the default file system, deleted by the system itself: on Unix the JDK unlinks it
 * as it opens it, elsewhere the system deletes it as the process ends. It can't get a name again:
 * {@code linkat(2)} refuses a file whose last name is gone. Where another user can create entries,
 * the name it had is not looked at again.
 *
 * <p>It is mapped through a second descriptor of the file. Where the system leads to none, the
 * first mapping copies the bytes to another such file that can be mapped through its own, and this
 * one goes over to that.
 */
final class UnlinkedSpillFile extends ChannelSpillFile {
  private static final int STEP = 128 * 1024;

  private final Place place;
  private final boolean hasName;

  private UnlinkedSpillFile(
      SpillDirectory directory,
      Place place,
      Path path,
      DescriptorChannel channel,
      Descriptors.Slot slot) {
    super(directory, place, path, channel, slot);
    this.place = place;
    this.hasName = place.isPrivate() && Files.exists(path);
  }

  static UnlinkedSpillFile create(
      SpillDirectory directory, Place place, Path path, Descriptors.Slot slot) throws IOException {
    return new UnlinkedSpillFile(
        directory,
        place,
        path,
        DescriptorChannel.create(slot, path, StandardOpenOption.DELETE_ON_CLOSE),
        slot);
  }

  @Override
  public <T> T map(Mapping<T> mapping) throws IOException {
    if (channel() instanceof DescriptorChannel descriptor) {
      try {
        return descriptor.map(mapping, hasName ? createdAs() : null);
      } catch (NotReopenableException e) {
        goOver(descriptor, e);
      }
    }
    return ((ShieldedChannel) channel()).map(mapping, null);
  }

  /** No other thread reads or writes meanwhile, as it would not while the file is mapped. */
  private void goOver(DescriptorChannel before, NotReopenableException reason) throws IOException {
    ShieldedChannel copy;
    try {
      copy = createMappable();
    } catch (IOException e) {
      e.addSuppressed(reason);
      throw e;
    }
    try {
      copy(before, copy);
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, copy);
      throw e;
    }
    become(copy);
  }

  @SuppressWarnings("try") // the exit of the JVM waits for the creation
  private ShieldedChannel createMappable() throws IOException {
    Set<OpenOption> options =
        Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    Path path = place.enter().resolve(Names.random(SessionRoot.UNLINKED));
    Closer closer = new Closer();
    try (HostNames.Creation creation = HostNames.creating(path)) {
      return ShieldedChannel.open(path, options, OwnerOnly.file(path));
    } catch (IOException | RuntimeException | Error e) {
      closer.add(e);
      throw e;
    } finally {
      closer.close(place::leave);
    }
  }

  /** Leaves out blocks of zeros, so that holes stay holes. */
  private static void copy(DescriptorChannel from, ShieldedChannel to) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(STEP);
    ByteBuffer zeros = ByteBuffer.allocate(STEP);
    long position = 0;
    for (int count; (count = from.read(buffer.clear(), position)) > 0; position += count) {
      buffer.flip();
      if (buffer.mismatch(zeros.limit(count)) >= 0) {
        write(to, buffer, position);
      }
    }
    if (to.size() < position) {
      write(to, ByteBuffer.allocate(1), position - 1);
    }
  }

  private static void write(ShieldedChannel to, ByteBuffer bytes, long start) throws IOException {
    for (long position = start; bytes.hasRemaining(); ) {
      position += to.write(bytes, position);
    }
  }

  @Override
  boolean hasName() {
    return hasName;
  }
}
