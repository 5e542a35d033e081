package io.github.niotmp.internal.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/**
 * What the owner of a temporary file asks of a channel of a {@code tmp:} file system, beyond what a
 * channel is. The provider's channels implement it.
 */
public interface OwnedChannel {
  /**
   * Keeps {@code owner} from being collected as long as this channel is not, and leaves it to the
   * owner to report that it was forgotten.
   */
  void ownedBy(Object owner);

  /** Says whether a name leads to the file of this channel now. A final link is not followed. */
  boolean isNamed(Path path) throws IOException;

  /** Returns the identity of the file: no other file has an equal one, at any time. */
  Object fileKey();

  /**
   * Writes all bytes at the end of the file in one step.
   *
   * @return the end after them
   */
  long append(ByteBuffer bytes) throws IOException;

  /**
   * Opens the file of this channel once more, whether or not it has a name.
   *
   * @param options of READ and WRITE
   */
  FileChannel openAgain(Set<? extends OpenOption> options) throws IOException;
}
