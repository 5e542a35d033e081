package io.github.niotmp.host;

import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.internal.mapping.Mapping;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reopening of a channel's file, on the default file system: by its name or by a descriptor of
 * this process, with a proof that it is the same file.
 */
final class Reopening {
  private final Channel channel;
  private final SameFile.Lockable lockable;
  private final Set<? extends OpenOption> options;
  private final @Nullable Object key;
  private final InodeDescriptors inode;
  private final InodeDescriptors.Recognition recognition;

  /**
   * Creates an object for a registered channel.
   *
   * @param lockable the channel
   * @param options the options that the channel was opened with
   * @param key the file key; null if it is not known
   * @param recognition says whether a descriptor leads to the file
   */
  Reopening(
      Channel channel,
      SameFile.Lockable lockable,
      Set<? extends OpenOption> options,
      @Nullable Object key,
      InodeDescriptors inode,
      InodeDescriptors.Recognition recognition) {
    this.channel = channel;
    this.lockable = lockable;
    this.options = options;
    this.key = key;
    this.inode = inode;
    this.recognition = recognition;
  }

  /** Returns the file key; null if the name does not exist. */
  static @Nullable Object keyOf(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Returns the options that open a file for reading, or for reading and writing. */
  static Set<OpenOption> options(boolean writes) {
    return writes
        ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
        : Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns the same options for the path of a descriptor, which is a link. */
  static Set<OpenOption> following(Set<OpenOption> options) {
    Set<OpenOption> following = new HashSet<>(options);
    following.remove(LinkOption.NOFOLLOW_LINKS);
    return following;
  }

  /**
   * Maps the file through a second channel, in this thread.
   *
   * @param name a path that may lead to the file; null if it is unlinked
   * @throws NotReopenableException if neither the name nor a descriptor certainly leads to the file
   * @throws IOException with the reason, if the file cannot be opened or mapped
   */
  <T> T map(Mapping<T> mapping, @Nullable Path name) throws IOException {
    try {
      return Uninterrupted.call(
          () ->
              inode.locked(
                  () -> {
                    try (FileChannel second = second(name)) {
                      return mapping.through(second);
                    }
                  }));
    } catch (FileSystemException e) { // may contain the path of a descriptor
      String reason = "Cannot be opened to be mapped: " + ForeignProvider.words(e);
      IOException failure =
          name != null && e instanceof AccessDeniedException
              ? new AccessDeniedException(name.toString(), null, reason)
              : new IOException(reason);
      failure.initCause(e);
      throw failure;
    }
  }

  private FileChannel second(@Nullable Path name) throws IOException {
    ensureOpen();
    Set<OpenOption> same = options(options.contains(StandardOpenOption.WRITE));
    FileChannel named = name == null ? null : secondByName(name, same);
    if (named != null) {
      return named;
    }
    FileChannel found = FileChannel.open(descriptor(), following(same));
    return kept(found, found::tryLock, true)
        .orElseThrow(() -> new NotReopenableException("a descriptor of it leads to another file"));
  }

  private @Nullable FileChannel secondByName(Path name, Set<OpenOption> same) throws IOException {
    if (key != null ? !leadsHere(name) : DirectExecutor.IS_UNIX) {
      return null; // the name may be a FIFO; Windows has neither FIFOs nor keys
    }
    FileChannel found;
    try {
      found = FileChannel.open(name, same);
    } catch (NoSuchFileException e) {
      return null;
    }
    return kept(found, found::tryLock, leadsHere(name)).orElse(null);
  }

  /** Says whether the file at {@code name} has the key of this file. */
  boolean leadsHere(Path name) throws IOException {
    return key != null && key.equals(keyOf(name));
  }

  /**
   * Returns the path of a descriptor of the file; the caller holds the lock of {@code inode}.
   *
   * @throws NotReopenableException if no descriptor leads to the file for certain
   */
  Path descriptor() throws IOException {
    ensureOpen();
    return inode.find(recognition);
  }

  /** Returns the channel if it has the same file open; otherwise closes it. */
  <C extends Closeable> Optional<C> kept(C found, SameFile.Lockable theirs, boolean otherwise)
      throws IOException {
    boolean same = false;
    try {
      same = SameFile.test(lockable, options.contains(StandardOpenOption.READ), theirs, otherwise);
    } finally {
      if (!same) {
        found.close();
      }
    }
    return same ? Optional.of(found) : Optional.empty();
  }

  private void ensureOpen() throws ClosedChannelException {
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
  }
}
