package io.github.niotmp.host;

import io.github.niotmp.session.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A spill file on the default file system, deleted by the system itself: on Unix the JDK unlinks it
 * as it opens it, elsewhere the system deletes it as the process ends. It can't get a name again:
 * {@code linkat(2)} refuses a file whose last name is gone. Where another user can create entries,
 * the name it had is not looked at again.
 */
final class UnlinkedSpillFile extends DescriptorSpillFile {
  private final boolean hasName;

  private UnlinkedSpillFile(
      SpillDirectory directory,
      Place place,
      Path path,
      DescriptorChannel channel,
      Descriptors.Slot slot) {
    super(directory, place, path, channel, slot);
    this.hasName = place.isPrivate() && Files.exists(path);
  }

  static UnlinkedSpillFile create(
      SpillDirectory directory, Place place, Path path, Descriptors.Slot slot) throws IOException {
    return new UnlinkedSpillFile(
        directory, place, path, open(slot, path, StandardOpenOption.DELETE_ON_CLOSE), slot);
  }

  @Override
  boolean hasName() {
    return hasName;
  }
}
