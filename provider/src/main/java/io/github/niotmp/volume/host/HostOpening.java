package io.github.niotmp.volume.host;

import io.github.niotmp.host.HostChannel;
import io.github.niotmp.internal.cleanup.HostNames;
import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.mode.ModeBits;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.OpenMode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One call that opens a file. If another thread or program adds, moves or removes the name in
 * between, the call looks the path up again.
 */
final class HostOpening {
  /** With delete-on-close, for a host that cannot unlink an open file. */
  private static final OpenMode UNNAMED =
      new OpenMode(true, true, false, false, false, true, true, false, false);

  /** The limit of look-ups, because another program may replace the file again and again. */
  private static final int MOST_LOOKS = 100;

  private final HostVolume volume;
  private final TmpPath path;
  private final TmpPath openedAs;
  private final OpenMode mode;
  private final Walker walker;

  /** Looks up the path that is opened. */
  @FunctionalInterface
  interface Walker {
    HostLookUp walk(boolean follow) throws IOException;
  }

  HostOpening(HostVolume volume, TmpPath path, OpenMode mode, Walker walker) {
    this(volume, path, path, mode, walker);
  }

  private HostOpening(
      HostVolume volume, TmpPath path, TmpPath openedAs, OpenMode mode, Walker walker) {
    this.volume = volume;
    this.path = path;
    this.openedAs = openedAs;
    this.mode = mode;
    this.walker = walker;
  }

  /**
   * Creates a file under a random name and unlinks it at once.
   *
   * @param directory the path of the directory on the host
   * @param openedAs the caller's path of it, for exceptions
   */
  static HostOpenFile createUnnamed(
      HostVolume volume, Path directory, TmpPath openedAs, List<AttributeChange> initial)
      throws IOException {
    TmpPath name = TmpPath.of(openedAs.owner(), Names.random(""));
    HostOpenFile file =
        new HostOpening(
                volume,
                name,
                openedAs,
                UNNAMED,
                follow -> new HostWalk(volume.tree(), directory, name, follow))
            .open(initial);
    try {
      file.removeName();
      return file;
    } catch (Throwable e) {
      Closer.after(e, file);
      throw e;
    }
  }

  HostOpenFile open(List<AttributeChange> initial) throws IOException {
    if (mode.createNew() && endsInDot()) {
      throw Errno.EXISTS.at(
          openedAs); // even if the directory does not exist, as in the default provider
    }
    // as in the default provider, delete-on-close does not follow a link
    boolean follow = mode.followLinks() && !mode.createNew() && !mode.deleteOnClose();
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      try (HostLookUp walk = walker.walk(follow)) {
        HostOpenFile file = open(walk, initial);
        if (file != null) {
          return file;
        }
      }
    }
    throw new FileSystemException(
        openedAs.toString(),
        null,
        "Another program replaced it each of the " + MOST_LOOKS + " times it was found");
  }

  private @Nullable HostOpenFile open(HostLookUp walk, List<AttributeChange> initial)
      throws IOException {
    BasicFileAttributes node = walk.node();
    if (node != null) {
      return openExisting(walk, node);
    }
    if (walk.fault() == null && (mode.create() || mode.createNew())) {
      return create(walk, initial);
    }
    throw (walk.fault() == null ? Errno.NO_SUCH_FILE : walk.fault()).at(openedAs);
  }

  private boolean endsInDot() {
    int count = path.getNameCount();
    return count > 0 && path.name(count - 1).equals(".");
  }

  /**
   * Returns null if the name leads to another file now, or to none. The channel reads its key by
   * the name, after the open. If another program has replaced the file in between, that key differs
   * from the key of {@code node}. Only if a third file reuses the freed inode of {@code node} under
   * the same name, the keys are equal in spite of that.
   */
  private @Nullable HostOpenFile openExisting(HostLookUp walk, BasicFileAttributes node)
      throws IOException {
    if (mode.createNew()) {
      throw Errno.EXISTS.at(openedAs);
    }
    if (node.isSymbolicLink()) {
      throw Errno.LINK_NOT_FOLLOWED.at(openedAs);
    }
    if (node.isDirectory()) {
      return openDirectory(walk, node);
    }
    if (!node.isRegularFile()) {
      throw Errno.SPECIAL_FILE.at(openedAs);
    }
    try {
      HostChannel channel = walk.openChannel(options());
      if (!isSame(channel.key(), node)) {
        channel.close();
        return null;
      }
      HostOpenFile file = opened(walk, walk.place(), channel, mode.deleteOnClose());
      if (mode.truncateExisting()) { // only after opened() has checked that the file is in the tree
        truncate(file);
      }
      return file;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw HostFailure.at(openedAs, e);
    }
  }

  /** Returns null if the directory was removed. Ignores delete-on-close. */
  private @Nullable HostOpenFile openDirectory(HostLookUp walk, BasicFileAttributes node)
      throws IOException {
    if (mode.write()) {
      throw Errno.IS_A_DIRECTORY.at(openedAs);
    }
    try {
      HostChannel channel =
          HostChannel.openDirectory(walk.place(), node, () -> walk.openChannel(options()));
      return opened(walk, walk.place(), channel, false);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw HostFailure.at(openedAs, e);
    }
  }

  private static void truncate(HostOpenFile file) throws IOException {
    try {
      if (file.size() > 0) {
        file.truncate(0);
      } else {
        setModified(file);
      }
    } catch (Throwable e) {
      Closer.after(e, file);
      throw e;
    }
  }

  /** Sets the modification time, because the JDK skips the truncation of an empty file. */
  private static void setModified(HostOpenFile file) throws IOException {
    FileTime now = FileTime.from(Instant.now());
    try {
      file.change(new AttributeChange.Times(now, null, null));
    } catch (FileSystemException e) {
      // a process that may write to a file may lack the permission to set its times
    }
  }

  /** Returns null if another thread or program has created the name first. */
  @SuppressWarnings("try") // the exit of the JVM waits for the creation
  private @Nullable HostOpenFile create(HostLookUp walk, List<AttributeChange> initial)
      throws IOException {
    for (AttributeChange change : initial) {
      HostChanges.refuseLimit(change);
    }
    Set<OpenOption> options = options();
    options.add(StandardOpenOption.CREATE_NEW);
    options.add(StandardOpenOption.WRITE);
    Path real = walk.place();
    List<AttributeChange> later = new ArrayList<>(initial);
    FileAttribute<?>[] first = creationMode(volume.tree(), later, OwnerOnly.file(real));
    try (HostNames.Creation creation = HostNames.creating(real)) {
      HostChannel channel = walk.openChannel(options, first);
      try {
        HostOpenFile file = opened(walk, real, channel, mode.deleteOnClose());
        applyLater(file, later);
        return file;
      } catch (Throwable e) {
        removeCreated(walk, channel, e);
        throw e;
      }
    } catch (FileAlreadyExistsException e) {
      if (!mode.createNew()) {
        return null;
      }
      throw HostFailure.at(openedAs, e);
    } catch (IOException e) {
      throw HostFailure.at(openedAs, e);
    }
  }

  /**
   * Removes the file that this call created but cannot return, unless another file has its name
   * now.
   */
  private static void removeCreated(HostLookUp walk, HostChannel channel, Throwable failure) {
    Closer.after(
        failure,
        () -> {
          if (isSame(channel.key(), walk.lookAgain())) {
            walk.deleteFile();
          }
        });
  }

  /**
   * Returns the permissions to create a file or directory with, and removes them from the list. The
   * host of the default provider applies the umask. This method applies it for other providers, and
   * to a mode with set-id or sticky bits, which is set later.
   */
  static FileAttribute<?>[] creationMode(
      HostTree tree, List<AttributeChange> initial, FileAttribute<?>... otherwise) {
    FileAttribute<?>[] first = otherwise;
    for (int i = initial.size() - 1; i >= 0; i--) {
      AttributeChange change = initial.get(i);
      if (change instanceof AttributeChange.Mode given && tree.supports("posix")) {
        AttributeChange.Mode less = given.lessUmask();
        AttributeChange.Mode asked = tree.supports("unix") ? given : less;
        first =
            new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(ModeBits.toPermissions(asked.bits()))
            };
        if ((given.bits() & ~ModeBits.PERMISSIONS) == 0) {
          initial.remove(i);
        } else {
          initial.set(i, less);
        }
      }
    }
    return first;
  }

  private static void applyLater(HostOpenFile file, List<AttributeChange> changes)
      throws IOException {
    try {
      for (AttributeChange change : changes) {
        file.change(change);
      }
    } catch (Throwable e) {
      Closer.after(e, file);
      throw e;
    }
  }

  private Set<OpenOption> options() {
    Set<OpenOption> options = new HashSet<>();
    options.add(LinkOption.NOFOLLOW_LINKS);
    if (mode.read()) {
      options.add(StandardOpenOption.READ);
    }
    if (mode.write()) {
      options.add(StandardOpenOption.WRITE);
    }
    if (mode.sync()) {
      options.add(StandardOpenOption.SYNC);
    }
    return options;
  }

  private HostOpenFile opened(
      HostLookUp walk, Path real, HostChannel channel, boolean deleteOnClose) throws IOException {
    try {
      walk.checkInTree();
      if (deleteOnClose) {
        walk.checkPath();
      }
      boolean goes = deleteOnClose && mayRemoveFrom(walk.directory());
      OpenedEntry name = new OpenedEntry(real, channel.key(), goes);
      volume.names().add(real, name);
      return new HostOpenFile(volume, channel, openedAs, mode, name, new AtomicInteger(1));
    } catch (Throwable e) {
      Closer.after(e, channel);
      throw e;
    }
  }

  /**
   * Checks the permission now, because the default provider on Linux removes the name on opening,
   * if permitted.
   */
  private static boolean mayRemoveFrom(Path directory) throws IOException {
    try {
      directory
          .getFileSystem()
          .provider()
          .checkAccess(directory, AccessMode.WRITE, AccessMode.EXECUTE);
      return true;
    } catch (AccessDeniedException e) {
      return false;
    }
  }

  /** Says whether the file with {@code key} is the one that the attributes are of. */
  static boolean isSame(@Nullable Object key, @Nullable BasicFileAttributes there) {
    return there != null && Objects.equals(key, there.fileKey());
  }
}
