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
import java.nio.file.AccessDeniedException;
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
 * Copies one file, within a {@code tmp:} file system or from one to another. Copies to and from
 * other providers are made by the JDK.
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
   * Names the two.
   *
   * @param views what the source can have
   * @param targetViews what the copy can have
   * @param ensureOpen is run after each step; throws if one of the file systems is closed
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

  /** Names the two, whose file systems are open. */
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
   * Copies a file, an empty copy of a directory, or a link itself if links are not followed.
   *
   * @throws UnsupportedOperationException if an option is not one for copies
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
      return; // they are one file
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

  /** Refuses a file that its new file system would refuse, before the target is lost. */
  void checkFits(FileAttributes attributes) throws FileSystemException {
    if (attributes.isOther()) {
      throw Errno.SPECIAL_FILE.at(source, target);
    }
    long limit = to.maxFileSize();
    if (attributes.isRegularFile() && attributes.size() > limit) {
      throw new TmpLimitException(
          target.toString(),
          TmpSettings.MAX_FILE_SIZE,
          limit,
          "'"
              + source
              + "' has "
              + attributes.size()
              + " bytes; open the file system with a larger maxFileSize");
    }
  }

  void deleteTarget(FileAttributes attributes, @Nullable FileAttributes existing)
      throws IOException {
    if (existing != null) {
      if (attributes.isRegularFile()) {
        checkReadable(existing);
      }
      to.delete(target, Removal.ANY);
    }
  }

  /** Refuses a source that cannot be read before the target is lost. */
  private void checkReadable(FileAttributes existing) throws IOException {
    try {
      from.checkAccess(source, AccessMode.READ);
    } catch (AccessDeniedException e) {
      checkEmpty(existing, to, target); // as the default provider, which deletes the target first
      throw e;
    }
  }

  /** Returns the attributes that not every host can have. */
  List<AttributeChange> extended(FileAttributes attributes, boolean follow) throws IOException {
    if (attributes.isSymbolicLink()) {
      return List.of(); // what attributes a link has, nobody reads
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
   * @param extended null if no attributes are copied but the mode that a new file has
   */
  void create(FileAttributes attributes, @Nullable List<AttributeChange> extended)
      throws IOException {
    if (attributes.isSymbolicLink()) {
      TmpPath text = TmpPath.of(target.owner(), from.readSymbolicLink(source).toString());
      to.createSymbolicLink(target, text, List.of());
      return;
    }
    // mkdir(2) sets no set-id bits: a new directory inherits that of the group
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
      to.change(target, false, mode(attributes, bits)); // last: it may forbid the others
    }
  }

  /** What the host of the copy cannot have, the copy has not; as the default provider. */
  private void copyIfPossible(AttributeChange change) throws IOException {
    try {
      to.change(target, false, change);
    } catch (TmpLimitException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      // a disk without extended attributes, or with room for fewer
    }
  }

  private void copyBytes(List<AttributeChange> initial) throws IOException {
    if (target.endsWith(".")) {
      to.readAttributes(target, false); // the reason why it cannot be, which an opening passes over
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

  /** Copies the bytes, as long as both file systems are open. */
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

  /** What cannot be read is not copied; as the default provider. */
  private void addUserAttributes(List<AttributeChange> extended, boolean follow)
      throws IOException {
    for (String name : userAttributeNames(follow)) {
      try {
        extended.add(new AttributeChange.User(name, from.readUserAttribute(source, follow, name)));
      } catch (FileSystemException | UnsupportedOperationException e) {
        // it has gone, or this process may not read it
      }
    }
  }

  private List<String> userAttributeNames(boolean follow) throws IOException {
    try {
      return from.userAttributeNames(source, follow);
    } catch (FileSystemException | UnsupportedOperationException e) {
      return List.of(); // a disk without extended attributes, or a directory that can't be listed
    }
  }

  /**
   * As cp(1) does, and the default provider: who may not give a file away keeps the copy.
   *
   * @return whether the copy has the owner, whose rights it may lend then
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
      return false; // not permitted, or nobody that is known there
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
