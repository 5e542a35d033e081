package io.github.niotmp.host;

import io.github.niotmp.session.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A spill file on the default file system, deleted by the system itself: on Unix the JDK unlinks it
 * as it opens it, elsewhere the system deletes it as the process ends. It can't get a name again:
 * {@code linkat(2)} refuses a file whose last name is gone.
 */
final class UnlinkedSpillFile extends DescriptorSpillFile {
  private final boolean hasName;

  private UnlinkedSpillFile(
      SpillDirectory directory, Place place, Path path, DescriptorChannel channel) {
    super(directory, place, path, channel);
    this.hasName = Files.exists(path);
  }

  static UnlinkedSpillFile create(
      SpillDirectory directory, Place place, Path path, Descriptors.Slot slot) throws IOException {
    return new UnlinkedSpillFile(
        directory, place, path, open(slot, path, StandardOpenOption.DELETE_ON_CLOSE));
  }

  @Override
  boolean hasName() {
    return hasName;
  }
}
