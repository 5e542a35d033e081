package io.github.niotmp.internal.file;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.internal.spi.OwnedChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The file that currently has a name. If another file takes the name, this object opens it and
 * closes the earlier one.
 *
 * <p>Each call looks up the name. In a {@code tmp:} file system the channel itself knows whether
 * its file has the name; elsewhere the file attributes are compared.
 */
public final class NamedFile implements FileSource {
  private static final Set<OpenOption> OPTIONS =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

  private static final Set<OpenOption> ADOPTING =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private final Path path;

  /** Guards changes of the fields below. */
  private final ReentrantLock lock = new ReentrantLock();

  private volatile Current last;

  /**
   * The identity of the file of {@link #last}; null in {@code tmp:}, and until the name was seen.
   */
  private volatile @Nullable FileIdentity identity;

  /** Whether a provider shows a new file only once its channel is closed, as zipfs does. */
  private final boolean hiddenWhileOpen;

  /** The channel for appends, which the first append opens; null in {@code tmp:}. */
  private @Nullable FileChannel appender;

  private boolean closed;

  private NamedFile(Path path, FileChannel channel, @Nullable FileIdentity identity) {
    this.path = path;
    this.last = new Current(channel, 0);
    this.identity = identity;
    hiddenWhileOpen =
        identity == null
            && !(channel instanceof OwnedChannel)
            && path.getFileSystem() != FileSystems.getDefault();
    own(channel);
  }

  /** Makes the channel leave the report of a leak to the owner of this file. */
  private void own(FileChannel channel) {
    if (channel instanceof OwnedChannel owned) {
      owned.ownedBy(this);
    }
  }

  /**
   * Takes over the channel of a file that was just created or opened by its name.
   *
   * @throws IOException if the attributes cannot be read; the channel is unchanged
   */
  public static NamedFile of(Path path, FileChannel channel) throws IOException {
    return new NamedFile(path, channel, channel instanceof OwnedChannel ? null : seen(path));
  }

  /** Returns the identity; null if another program has removed the name since. */
  private static @Nullable FileIdentity seen(Path path) throws IOException {
    try {
      return ForeignProvider.call(path, () -> FileIdentity.of(path));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * Opens a file by its name.
   *
   * @throws NoSuchFileException if it does not exist
   * @throws java.nio.file.FileSystemException if it is not a regular file
   * @throws UnsupportedOperationException if its file system has no channels, or cannot open a file
   *     without following links
   */
  public static NamedFile open(Path path) throws IOException {
    FileIdentity found = FileIdentity.of(path);
    found.requireRegular(path);
    FileChannel channel;
    try {
      channel = FileChannel.open(path, ADOPTING);
    } catch (IllegalArgumentException e) { // zipfs, whose channels work on a copy
      throw new UnsupportedOperationException(
          "The file system of "
              + ForeignProvider.text(path)
              + " does not open files with "
              + ADOPTING,
          e);
    }
    return new NamedFile(path, channel, channel instanceof OwnedChannel ? null : found);
  }

  @Override
  public Current current() throws IOException {
    Current known = last;
    return isNamedAndOpen(known.channel()) ? known : follow();
  }

  /** An interrupt of another thread may close the channel at any moment. */
  private boolean isNamedAndOpen(FileChannel channel) throws IOException {
    try {
      return channel.isOpen() && isNamed(channel);
    } catch (ClosedChannelException e) {
      return false;
    }
  }

  @Override
  public Current currentOrLast() throws IOException {
    try {
      return current();
    } catch (NoSuchFileException e) {
      return last;
    }
  }

  private boolean isNamed(FileChannel channel) throws IOException {
    if (hiddenWhileOpen) {
      requireHidden();
      return true;
    }
    if (channel instanceof OwnedChannel owned) {
      return owned.isNamed(path);
    }
    FileIdentity known = identity;
    return known != null && known.isSameAs(look());
  }

  /** Checks that the name is free: the provider shows the file only once its channel is closed. */
  private void requireHidden() throws IOException {
    if (seen(path) != null) {
      throw new NoSuchFileException(
          path.toString(),
          null,
          "Another file has taken the name of the temporary file, and its provider cannot open both;"
              + " write by the channel or a stream of the TempFile");
    }
  }

  private FileIdentity look() throws IOException {
    try {
      return ForeignProvider.call(path, () -> FileIdentity.of(path));
    } catch (NoSuchFileException e) {
      NoSuchFileException gone =
          new NoSuchFileException(
              path.toString(), null, "The name of the temporary file was deleted or moved");
      gone.initCause(e);
      throw gone;
    }
  }

  private Current follow() throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new ClosedChannelException();
      }
      return isNamedAndOpen(last.channel()) ? last : openAtName();
    } finally {
      lock.unlock();
    }
  }

  /** Opens the file that has the name; the earlier one stays open if that fails. */
  private Current openAtName() throws IOException {
    FileChannel old = last.channel();
    while (true) {
      FileIdentity found = look();
      FileIdentity known = identity;
      if (known == null || !isSame(known, found, old)) {
        found.requireTrusted(path, known);
      }
      FileChannel channel = FileChannel.open(path, unfollowed(path, OPTIONS));
      try {
        if (isStill(found, channel)) {
          boolean same = known == null ? isSame(old, channel) : isSame(known, found, old);
          own(channel);
          identity = channel instanceof OwnedChannel ? null : found;
          last = new Current(channel, last.replacements() + (same ? 0 : 1));
          closeAppender();
          old.close();
          return last;
        }
      } catch (IOException | RuntimeException | Error e) {
        Closer.after(e, channel);
        throw e;
      }
      channel.close();
    }
  }

  private static boolean isSame(FileIdentity known, FileIdentity found, FileChannel old) {
    return old.isOpen() ? known.isSameAs(found) : known.isCertainlySameAs(found);
  }

  /** Compares file keys, which {@code tmp:} never reuses. */
  private static boolean isSame(FileChannel before, FileChannel after) {
    return before instanceof OwnedChannel one
        && after instanceof OwnedChannel other
        && one.fileKey().equals(other.fileKey());
  }

  /** Says whether the opened file still has the name. */
  private boolean isStill(FileIdentity found, FileChannel opened) throws IOException {
    return opened instanceof OwnedChannel owned ? owned.isNamed(path) : found.isSameAs(look());
  }

  @Override
  public FileChannel last() {
    return last.channel();
  }

  @Override
  public long append(ByteBuffer bytes) throws IOException {
    lock.lock(); // all threads share the appender
    try {
      return FileSource.apply(this::currentOrLast, now -> appendTo(now.channel(), bytes));
    } finally {
      lock.unlock();
    }
  }

  private long appendTo(FileChannel channel, ByteBuffer bytes) throws IOException {
    if (channel instanceof OwnedChannel owned) {
      return owned.append(bytes);
    }
    FileChannel to = appender();
    if (to == null) { // no other program can append to the file by its name
      to = channel;
      to.position(to.size());
    }
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
    return to.position();
  }

  /** Returns the channel for appends; null if another file has the name. */
  private @Nullable FileChannel appender() throws IOException {
    FileChannel known = appender;
    if (known != null && known.isOpen()) {
      return known;
    }
    if (hiddenWhileOpen) {
      return null;
    }
    try {
      appender = open(Set.of(StandardOpenOption.APPEND));
      return appender;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private void closeAppender() throws IOException {
    FileChannel open = appender;
    appender = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public FileChannel open(Set<? extends OpenOption> options) throws IOException {
    if (hiddenWhileOpen) {
      throw new UnsupportedOperationException(
          ForeignProvider.text(path)
              + " cannot be opened again: its name shows only once it is closed");
    }
    while (true) {
      Current now = current();
      FileChannel opened = FileChannel.open(path, unfollowed(path, options));
      try {
        if (current().channel() == now.channel()) {
          return opened;
        }
      } catch (IOException | RuntimeException | Error e) {
        Closer.after(e, opened);
        throw e;
      }
      opened.close();
    }
  }

  /** Some providers refuse the option; those of zip files and object stores have no links. */
  private static Set<OpenOption> unfollowed(Path path, Set<? extends OpenOption> options) {
    Set<OpenOption> all = new HashSet<>(options);
    if (path.getFileSystem() == FileSystems.getDefault()
        || path.getFileSystem().supportedFileAttributeViews().contains("tmp")) {
      all.add(LinkOption.NOFOLLOW_LINKS);
    }
    return all;
  }

  @Override
  public boolean canBeOpened() {
    return !hiddenWhileOpen;
  }

  @Override
  public boolean canBeMoved() throws IOException {
    return !hiddenWhileOpen && !FileIdentity.canBeReplacedByOthers(path);
  }

  @Override
  public void release() throws IOException {
    lock.lock();
    try {
      closeAppender();
    } finally {
      lock.unlock();
      last.channel().close();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      closeAppender();
    } finally {
      lock.unlock();
      last.channel().close();
    }
  }
}
