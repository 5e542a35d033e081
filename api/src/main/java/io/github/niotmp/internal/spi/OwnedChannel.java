package io.github.niotmp.internal.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/**
 * The methods of a {@code tmp:} channel for the owner of a temporary file. The provider's channels
 * implement it.
 */
public interface OwnedChannel {
  /**
   * Keeps {@code owner} reachable as long as this channel; the owner then reports a leak instead of
   * this channel.
   */
  void ownedBy(Object owner);

  /** Says whether the file of this channel currently has a name. A final link is not followed. */
  boolean isNamed(Path path) throws IOException;

  /** Returns the identity of the file: no other file has an equal one, at any time. */
  Object fileKey();

  /**
   * Writes all bytes at the end of the file atomically.
   *
   * @return the end after them
   */
  long append(ByteBuffer bytes) throws IOException;

  /**
   * Opens the file of this channel once more, even if it has no name.
   *
   * @param options of READ and WRITE
   */
  FileChannel openAgain(Set<? extends OpenOption> options) throws IOException;
}
