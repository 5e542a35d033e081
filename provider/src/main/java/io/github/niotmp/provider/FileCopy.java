package io.github.niotmp.provider;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.TmpLimitException;
import io.github.niotmp.TmpSettings;
import io.github.niotmp.attribute.FileAttributeViews;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.mode.ModeBits;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.DirectoryHandle;
import io.github.niotmp.volume.DirectoryHandle.Removal;
import io.github.niotmp.volume.FileAttributes;
import io.github.niotmp.volume.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies one file within a {@code tmp:} file system, or from one {@code tmp:} file system to
 * another. The JDK copies to and from other providers.
 *
 * <p>Like the default provider, it leaves out attributes that it cannot read, or that the target
 * cannot store.
 */
final class FileCopy {
  private static final long SMALLEST_BUFFER = 4 * 1024;
  private static final long LARGEST_BUFFER = 128 * 1024;
  private static final Set<OpenOption> READING = Set.of(StandardOpenOption.READ);
  private static final Set<OpenOption> CREATING =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final DirectoryHandle from;
  private final TmpPath source;
  private final FileAttributeViews views;
  private final DirectoryHandle to;
  private final TmpPath target;
  private final FileAttributeViews targetViews;
  private final Runnable ensureOpen;

  /**
   * Creates the copier of one file.
   *
   * @param views the attribute views of the source
   * @param targetViews the attribute views of the copy
   * @param ensureOpen runs after each buffer of bytes; throws if one of the file systems is closed
   */
  FileCopy(
      DirectoryHandle from,
      TmpPath source,
      FileAttributeViews views,
      DirectoryHandle to,
      TmpPath target,
      FileAttributeViews targetViews,
      Runnable ensureOpen) {
    this.from = from;
    this.source = source;
    this.views = views;
    this.to = to;
    this.target = target;
    this.targetViews = targetViews;
    this.ensureOpen = ensureOpen;
  }

  /**
   * Creates the copier of one file.
   *
   * @throws java.nio.file.ClosedFileSystemException if one of the file systems is closed
   */
  static FileCopy of(Located source, Located target) {
    return new FileCopy(
        source.root(),
        source.path(),
        source.views(),
        target.root(),
        target.path(),
        target.views(),
        () -> {
          source.fileSystem().ensureStillOpen();
          target.fileSystem().ensureStillOpen();
        });
  }

  /**
   * Copies a file. The copy of a directory is empty. With NOFOLLOW_LINKS, copies a symbolic link
   * itself.
   *
   * @throws UnsupportedOperationException if a copy does not support an option
   */
  void copy(CopyOption... options) throws IOException {
    boolean replace = false;
    boolean follow = true;
    boolean copyAttributes = false;
    for (CopyOption option : options) {
      if (requireNonNull(option) == StandardCopyOption.REPLACE_EXISTING) {
        replace = true;
      } else if (option == StandardCopyOption.COPY_ATTRIBUTES) {
        copyAttributes = true;
      } else if (option == LinkOption.NOFOLLOW_LINKS) {
        follow = false;
      } else {
        throw unsupported(option);
      }
    }
    FileAttributes attributes = from.readAttributes(source, follow);
    FileAttributes existing = to.readAttributesIfExists(target, false);
    if (existing != null && attributes.fileKey().equals(existing.fileKey())) {
      return; // both paths name the same file
    }
    checkReplaceable(existing, replace);
    checkFits(attributes);
    List<AttributeChange> extended = copyAttributes ? extended(attributes, follow) : null;
    deleteTarget(attributes, existing);
    create(attributes, extended);
  }

  static void checkEmpty(FileAttributes attributes, DirectoryHandle base, TmpPath path)
      throws IOException {
    if (attributes.isDirectory() && base.openDirectory(path, false).names().hasNext()) {
      throw new DirectoryNotEmptyException(path.toString());
    }
  }

  void checkReplaceable(@Nullable FileAttributes existing, boolean replace)
      throws FileAlreadyExistsException {
    if (existing != null && !replace) {
      throw new FileAlreadyExistsException(target.toString());
    }
  }

  /** Checks that the target's file system accepts the file, before the old target is deleted. */
  void checkFits(FileAttributes attributes) throws FileSystemException {
    if (attributes.isOther()) {
      throw Errno.SPECIAL_FILE.at(source, target);
    }
    long limit = to.maxFileSize();
    if (attributes.isRegularFile() && attributes.size() > limit) {
      throw ((TmpFileSystem) target.owner())
          .events()
          .limitReached(
              new TmpLimitException(
                  target.toString(),
                  TmpSettings.MAX_FILE_SIZE,
                  limit,
                  "'"
                      + source
                      + "' has "
                      + attributes.size()
                      + " bytes; open the file system with a larger maxFileSize"),
              attributes.size());
    }
  }

  void deleteTarget(FileAttributes attributes, @Nullable FileAttributes existing)
      throws IOException {
    if (existing != null) {
      if (attributes.isRegularFile()) {
        from.checkAccess(source, AccessMode.READ); // before the old target is deleted
      }
      to.delete(target, Removal.ANY);
    }
  }

  /** Returns the user-defined attributes and DOS flags to copy. Some hosts support neither. */
  List<AttributeChange> extended(FileAttributes attributes, boolean follow) throws IOException {
    if (attributes.isSymbolicLink()) {
      return List.of(); // the default provider copies neither for a link
    }
    List<AttributeChange> extended = new ArrayList<>();
    if (bothHave("user")) {
      addUserAttributes(extended, follow);
    }
    if (bothHave("dos")) {
      addDosFlags(extended, attributes);
    }
    return extended;
  }

  private static void addDosFlags(List<AttributeChange> extended, FileAttributes attributes) {
    boolean readOnly = attributes.isReadOnly();
    boolean hidden = attributes.isHidden();
    boolean system = attributes.isSystem();
    boolean archive = attributes.isArchive();
    if (readOnly || hidden || system || archive) {
      extended.add(new AttributeChange.Dos(readOnly, hidden, system, archive));
    }
  }

  private boolean bothHave(String view) {
    return views.supports(view) && targetViews.supports(view);
  }

  /**
   * Creates the copy.
   *
   * @param extended the result of {@link #extended}, copied together with times, owner and mode;
   *     null copies the mode alone
   */
  void create(FileAttributes attributes, @Nullable List<AttributeChange> extended)
      throws IOException {
    if (attributes.isSymbolicLink()) {
      TmpPath text = TmpPath.of(target.owner(), from.readSymbolicLink(source).toString());
      to.createSymbolicLink(target, text, List.of());
      return;
    }
    // mkdir(2) ignores set-id bits; a new directory inherits the set-group-id bit
    int bits = attributes.isDirectory() ? ModeBits.PERMISSIONS | ModeBits.S_ISVTX : ModeBits.MASK;
    List<AttributeChange> initial =
        extended == null && bothHave("posix")
            ? new ArrayList<>(List.of(mode(attributes, bits)))
            : List.of();
    if (attributes.isDirectory()) {
      to.createDirectory(target, initial);
    } else {
      copyBytes(initial);
    }
    if (extended != null) {
      try {
        copyAttributes(attributes, extended);
      } catch (IOException | RuntimeException | Error e) {
        deleteTargetAfter(e);
        throw e;
      }
    }
  }

  private void copyAttributes(FileAttributes attributes, List<AttributeChange> extended)
      throws IOException {
    for (AttributeChange change : extended) {
      copyIfPossible(change);
    }
    to.change(target, false, times(attributes));
    if (bothHave("posix")) {
      int bits = copyOwner(attributes) ? ModeBits.MASK : ModeBits.PERMISSIONS;
      to.change(
          target, false, mode(attributes, bits)); // last: the mode may forbid the other changes
    }
  }

  /**
   * Changes an attribute of the copy. Ignores a host that cannot store the attribute, but not a
   * limit that the user has set.
   */
  private void copyIfPossible(AttributeChange change) throws IOException {
    try {
      to.change(target, false, change);
    } catch (TmpLimitException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      // a disk without extended attributes, or without space for more
    }
  }

  private void copyBytes(List<AttributeChange> initial) throws IOException {
    if (target.endsWith(".")) {
      to.readAttributes(target, false); // throws the reason of the look-up, which open would hide
    }
    OpenFile in = from.open(source, OpenModes.ofChannel(READING), List.of());
    Closer closer = new Closer();
    closer.close(() -> copyBytes(in, initial));
    closer.close(in);
    closer.finish();
  }

  private void copyBytes(OpenFile in, List<AttributeChange> initial) throws IOException {
    OpenFile out = to.open(target, OpenModes.ofChannel(CREATING), initial);
    Closer closer = new Closer();
    closer.close(() -> transfer(in, out));
    closer.close(out);
    if (closer.failure() != null) {
      closer.close(() -> to.delete(target, Removal.ANY));
    }
    closer.finish();
  }

  /** Copies all bytes. Throws if one of the file systems is closed meanwhile. */
  private void transfer(OpenFile in, OpenFile out) throws IOException {
    long capacity = Math.max(SMALLEST_BUFFER, Math.min(in.size(), LARGEST_BUFFER));
    ByteBuffer buffer = ByteBuffer.allocate((int) capacity);
    long position = 0;
    while (in.read(buffer.clear(), position) > 0) {
      position += buffer.position();
      buffer.flip();
      while (buffer.hasRemaining()) {
        out.append(buffer);
      }
      ensureOpen.run();
    }
  }

  /** Adds the user-defined attributes that this process can read. */
  private void addUserAttributes(List<AttributeChange> extended, boolean follow)
      throws IOException {
    for (String name : userAttributeNames(follow)) {
      try {
        extended.add(new AttributeChange.User(name, from.readUserAttribute(source, follow, name)));
      } catch (FileSystemException | UnsupportedOperationException e) {
        // deleted meanwhile, or this process may not read it
      }
    }
  }

  private List<String> userAttributeNames(boolean follow) throws IOException {
    try {
      return from.userAttributeNames(source, follow);
    } catch (FileSystemException | UnsupportedOperationException e) {
      return List.of(); // no extended attributes on this disk, or no permission to list them
    }
  }

  /**
   * Gives the copy the owner and the group of the source, as {@code cp -p} does. If this process
   * may not, the copy keeps its own.
   *
   * @return whether the copy has the owner and group of the source; only then may it get set-id
   *     bits
   */
  private boolean copyOwner(FileAttributes attributes) throws IOException {
    FileAttributes copy = to.readAttributes(target, false);
    if (copy.owner().equals(attributes.owner()) && copy.group().equals(attributes.group())) {
      return true;
    }
    try {
      to.change(target, false, new AttributeChange.Owner(attributes.owner(), attributes.group()));
      return true;
    } catch (FileSystemException | ProviderMismatchException e) {
      return false; // not permitted, or the target does not know the account
    }
  }

  private static AttributeChange mode(FileAttributes attributes, int bits) {
    return new AttributeChange.Mode(attributes.mode() & bits);
  }

  private static AttributeChange times(FileAttributes attributes) {
    return new AttributeChange.Times(
        attributes.lastModifiedTime(), attributes.lastAccessTime(), attributes.creationTime());
  }

  void deleteTargetAfter(Throwable failure) {
    Closer.after(failure, () -> to.delete(target, Removal.ANY));
  }

  static UnsupportedOperationException unsupported(CopyOption option) {
    return new UnsupportedOperationException("Unsupported copy option: " + option);
  }
}
