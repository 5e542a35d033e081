package io.github.niotmp.host;

import io.github.niotmp.session.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/**
 * A file that other programs can open by its name on the host, and change at any time. The name is
 * removed as the file is closed.
 *
 * <p>Once another file is put in its place, the name leads there and this is still the one it was.
 */
public final class HostFile extends DescriptorSpillFile {
  private HostFile(SpillDirectory directory, Place place, Path path, DescriptorChannel channel) {
    super(directory, place, path, channel);
  }

  static HostFile create(SpillDirectory directory, Place place, Path path) throws IOException {
    return new HostFile(directory, place, path, open(path));
  }

  /** Returns the absolute path. */
  public Path path() {
    return createdAs();
  }

  /** Returns the size at this moment, whoever wrote last. */
  public long size() throws IOException {
    return sizeOnHost();
  }

  /**
   * Returns when somebody last wrote, in nanoseconds since the epoch; {@link Long#MIN_VALUE} if the
   * name is gone.
   */
  public long modified() throws IOException {
    try {
      return times().readAttributes().lastModifiedTime().to(TimeUnit.NANOSECONDS);
    } catch (NoSuchFileException e) {
      return Long.MIN_VALUE; // removed by another program; the bytes are still there
    }
  }

  /** Sets what {@link #modified} returns, unless the name is gone. */
  public void setModified(long nanoseconds) throws IOException {
    try {
      times().setTimes(FileTime.from(nanoseconds, TimeUnit.NANOSECONDS), null, null);
    } catch (NoSuchFileException e) {
      // removed by another program: nobody sees the time there any more
    }
  }

  private BasicFileAttributeView times() {
    return Files.getFileAttributeView(
        path(), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  boolean hasName() {
    return true;
  }
}
