package io.github.niotmp.volume.spooled;

import io.github.niotmp.path.Errno;
import io.github.niotmp.path.Replace;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.tree.Access;
import io.github.niotmp.tree.Directory;
import io.github.niotmp.tree.Node;
import io.github.niotmp.tree.SymbolicLink;
import io.github.niotmp.tree.Walk;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.DirectoryHandle;
import io.github.niotmp.volume.DirectoryListener;
import io.github.niotmp.volume.FileAttributes;
import io.github.niotmp.volume.OpenDirectory;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenMode;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A handle on a directory of the tree. It stays with the directory when that is renamed. */
final class SpooledDirectory implements DirectoryHandle {
  private static final int NOTHING_GRANTED = 0;

  private final SpooledVolume volume;
  private final Directory directory;
  private final Object openedAs;

  /**
   * Creates a handle.
   *
   * @param openedAs the path it was opened by, for exceptions. Its text is built only for an
   *     exception: the texts of all directories of a deep tree would take space quadratic in its
   *     depth
   */
  SpooledDirectory(SpooledVolume volume, Directory directory, Object openedAs) {
    this.volume = volume;
    this.directory = directory;
    this.openedAs = openedAs;
  }

  private Walk walk(TmpPath path, boolean follow) {
    return volume.tree().walk(directory, path, follow);
  }

  /** Returns null if the node does not exist, and also if only a walk can find it. */
  private @Nullable Node findPlain(TmpPath path, boolean follow) {
    return volume.tree().find(directory, path, follow);
  }

  private Node find(TmpPath path, boolean follow) throws FileSystemException {
    Node node = findPlain(path, follow);
    return node != null ? node : walk(path, follow).found(path);
  }

  @Override
  public OpenFile open(TmpPath path, OpenMode mode, List<AttributeChange> initial)
      throws IOException {
    return new Opening(volume, directory, path, mode).open(initial);
  }

  @Override
  public OpenFile createUnnamed(TmpPath path, List<AttributeChange> initial) throws IOException {
    if (!(find(path, true) instanceof Directory parent)) {
      throw Errno.NOT_A_DIRECTORY.at(path);
    }
    throwAt(path, parent.refusalOfNew());
    return Opening.createUnnamed(volume, parent, path, initial);
  }

  @Override
  public DirectoryHandle openDirectory(TmpPath path, boolean follow) throws IOException {
    return new SpooledDirectory(volume, findDirectory(path, follow), path);
  }

  @Override
  public boolean isSecure() {
    return true;
  }

  @Override
  public void close() {}

  @Override
  public OpenDirectory openStream(TmpPath path, boolean follow) throws IOException {
    return openDirectory(path, follow);
  }

  private Directory findDirectory(TmpPath path, boolean follow) throws FileSystemException {
    if (findPlain(path, follow) instanceof Directory found) {
      return found;
    }
    Walk walk = walk(path, follow);
    if (walk.fault() != Errno.NOT_A_DIRECTORY && walk.found(path) instanceof Directory found) {
      return found;
    }
    throw new NotDirectoryException(path.toString());
  }

  @Override
  public Iterator<String> names() throws IOException {
    if (!Access.allowed(directory, Access.READ)) {
      throw new AccessDeniedException(openedAs.toString());
    }
    return directory.names();
  }

  @Override
  public void createDirectory(TmpPath path, List<AttributeChange> initial) throws IOException {
    Walk walk = walkToNew(path);
    Directory made = volume.tree().newDirectory();
    boolean added = false;
    try {
      AttributeChanges.applyInitial(made, walk.directory(), initial, path);
      throwAt(path, walk.directory().add(walk.name(), made, path));
      added = true;
    } finally {
      if (!added) {
        made.discard();
      }
    }
  }

  @Override
  public void createSymbolicLink(TmpPath link, TmpPath target, List<AttributeChange> initial)
      throws IOException {
    if (!initial.isEmpty()) {
      throw new UnsupportedOperationException(
          "Initial file attributes not supported when creating symbolic link");
    }
    if (target.isEmpty()) { // Linux looks at the target before the link
      throw Errno.NO_SUCH_FILE.at(link);
    }
    if (volume.tree().isTooLongToHold(target)) {
      throw Errno.NAME_TOO_LONG.at(link);
    }
    Walk walk = walkToNew(link);
    SymbolicLink made = volume.tree().newSymbolicLink(target, link);
    boolean added = false;
    try {
      AttributeChanges.applyInitial(made, walk.directory(), initial, link);
      throwAt(link, walk.directory().add(walk.name(), made, link));
      added = true;
    } finally {
      if (!added) {
        made.discard();
      }
    }
  }

  private Walk walkToNew(TmpPath path) throws FileSystemException {
    Walk walk = walk(path, false);
    throwAt(path, inTheWayOfNew(walk));
    return walk;
  }

  private static @Nullable Errno inTheWayOfNew(Walk walk) {
    if (walk.fault() != null) {
      return walk.fault();
    }
    return walk.node() == null ? null : Errno.EXISTS;
  }

  private static void throwAt(TmpPath path, @Nullable Errno fault) throws FileSystemException {
    if (fault != null) {
      throw fault.at(path);
    }
  }

  @Override
  public void createLink(TmpPath link, TmpPath existing) throws IOException {
    boolean done = false;
    while (!done) {
      done = volume.tree().link(walk(existing, false), existing, walk(link, false), link);
    }
  }

  @Override
  public long maxFileSize() {
    return volume.maxFileSize();
  }

  @Override
  public void delete(TmpPath path, Removal removal) throws IOException {
    Walk walk = walk(path, false);
    throwAt(path, walk.miss());
    throwAt(path, remove(walk, removal));
  }

  private static @Nullable Errno remove(Walk walk, Removal removal) throws IOException {
    return switch (walk.name()) {
      case "/" -> Errno.BUSY;
      case "." -> Errno.INVALID;
      case ".." -> Errno.NOT_EMPTY;
      default ->
          walk.directory()
              .remove(walk.name(), removal != Removal.FILE, removal != Removal.DIRECTORY);
    };
  }

  @Override
  public TmpPath readSymbolicLink(TmpPath path) throws IOException {
    if (find(path, false) instanceof SymbolicLink link) {
      return link.target().ownedBy(path.owner());
    }
    throw new NotLinkException(path.toString());
  }

  @Override
  public void rename(TmpPath source, OpenDirectory targetDirectory, TmpPath target, Replace replace)
      throws IOException {
    SpooledDirectory other = (SpooledDirectory) targetDirectory;
    volume.tree().rename(walk(source, false), source, other.walk(target, false), target, replace);
  }

  @Override
  public FileAttributes readAttributes(TmpPath path, boolean follow) throws IOException {
    Node before = null;
    while (true) {
      Node found = find(path, follow);
      FileAttributes attributes = attributesOf(found);
      if (attributes != null) {
        return attributes;
      }
      if (found == before) {
        throw Errno.NO_SUCH_FILE.at(path);
      }
      before = found; // a rename may have replaced it since it was found
    }
  }

  @Override
  public @Nullable FileAttributes readAttributesIfExists(TmpPath path, boolean follow)
      throws IOException {
    Node before = null;
    Node node = findPlain(path, follow);
    while (node != null && node != before) {
      FileAttributes attributes = attributesOf(node);
      if (attributes != null) {
        return attributes;
      }
      before = node; // a rename may have replaced it since it was found
      node = findPlain(path, follow);
    }
    Walk walk = walk(path, follow);
    Errno miss = walk.miss();
    // A name below a file is a miss, as in the default provider; readAttributes differs.
    return miss == Errno.NO_SUCH_FILE || miss == Errno.NOT_A_DIRECTORY
        ? null
        : attributesOf(walk.found(path));
  }

  private @Nullable FileAttributes attributesOf(Node node) throws IOException {
    try {
      return new SpooledAttributes(node, volume);
    } catch (ClosedChannelException e) {
      return null; // deleted since it was found
    }
  }

  @Override
  public boolean exists(TmpPath path, boolean follow) {
    return findPlain(path, follow) != null || walk(path, follow).node() != null;
  }

  @Override
  public void change(TmpPath path, boolean follow, AttributeChange change) throws IOException {
    Walk walk = walk(path, follow);
    try {
      AttributeChanges.apply(walk.found(path), change, path, NOTHING_GRANTED);
    } catch (ClosedChannelException e) {
      throw Errno.NO_SUCH_FILE.at(path); // deleted since it was found
    }
    walk.reportModified();
  }

  @Override
  public Path hostPath(TmpPath path, boolean follow) throws IOException {
    try {
      return Spooling.hostPath(
          find(path, follow), String.valueOf(path.getFileName()), path, NOTHING_GRANTED);
    } catch (ClosedChannelException e) {
      throw Errno.NO_SUCH_FILE.at(path); // deleted since it was found
    }
  }

  @Override
  public List<String> userAttributeNames(TmpPath path, boolean follow) throws IOException {
    return UserAttributes.names(find(path, follow), path);
  }

  @Override
  public byte[] readUserAttribute(TmpPath path, boolean follow, String name) throws IOException {
    return UserAttributes.read(find(path, follow), name, path);
  }

  @Override
  public void checkAccess(TmpPath path, AccessMode... modes) throws IOException {
    Node node = findPlain(path, true);
    if (node == null) {
      Walk walk = walk(path, true);
      Errno miss = walk.miss();
      if (miss != null) {
        throw miss.at(path);
      }
      node = walk.found(path);
    }
    int wanted = 0;
    for (AccessMode mode : modes) {
      wanted |=
          switch (mode) {
            case READ -> Access.READ;
            case WRITE -> Access.WRITE;
            case EXECUTE -> Access.EXECUTE;
          };
    }
    if (!Access.allowed(node, wanted)) {
      throw Errno.ACCESS_DENIED.at(path);
    }
  }

  @Override
  public TmpPath realPath(TmpPath path, boolean follow) throws IOException {
    return new RealPath(volume.tree(), directory, path).find(follow);
  }

  @Override
  public Watch watch(TmpPath path, DirectoryListener listener) throws IOException {
    Directory watched = findDirectory(path, true);
    TmpPath named = path.isEmpty() ? TmpPath.of(path.owner(), openedAs.toString()) : path;
    if (!Access.allowed(watched, Access.READ)) {
      throw Errno.ACCESS_DENIED.at(named);
    }
    DirectoryWatch watch = new DirectoryWatch(volume, watched, listener);
    if (!watch.start()) {
      throw Errno.NO_SUCH_FILE.at(named);
    }
    return watch;
  }
}
