package io.github.niotmp.internal.cleanup;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.foreign.ForeignProvider;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Removes a directory with its entries, and no other file, even if another process replaces
 * directories by links meanwhile: every step starts from an open directory and follows no link. A
 * subdirectory is moved to the top (hoisted) before it is emptied, so that depth costs neither
 * stack nor descriptors. A directory that its owner cannot read, write or search first gets mode
 * 0700, see {@link OwnerAccess}.
 *
 * <p>One thread removes a tree; failures name the original paths. The removal stops when the exit
 * of the JVM takes over, see {@link TreeRemovals}.
 */
public final class TreeRemoval {
  private final Path root;
  private final SecureDirectoryStream<Path> top;
  private final OwnerAccess access;
  private final NamedFailures failures;

  /** The original paths of the hoisted directories, by their names at the top. */
  private final Map<String, Origin> hoisted = new HashMap<>();

  /** The number of entries that the current pass has found. */
  private long found;

  /** The number of them at the top that were not hoisted. */
  private long strangers;

  private boolean hoisting;

  private TreeRemoval(
      Path root, SecureDirectoryStream<Path> top, OwnerAccess access, NamedFailures failures) {
    this.root = root;
    this.top = top;
    this.access = access;
    this.failures = failures;
  }

  /**
   * The original path of an entry, as a chain, because full paths of a deep tree would fill the
   * heap.
   */
  private record Origin(@Nullable Origin parent, Path name) {
    Path in(Path root) {
      Deque<Path> names = new ArrayDeque<>();
      for (Origin each = this; each != null; each = each.parent) {
        names.push(each.name);
      }
      Path path = root;
      for (Path each : names) {
        path = path.resolve(each);
      }
      return path;
    }
  }

  /**
   * Removes a tree, if it exists.
   *
   * @param root the directory; a link or a file at this path is removed itself
   * @throws IOException if an entry could not be removed, after all others were. The first failure
   *     is the cause, the others are suppressed
   */
  public static void remove(Path root) throws IOException {
    try {
      ForeignProvider.run(root, () -> removeTree(root));
    } catch (Error e) { // such as lack of stack or heap, which may be free again
      Closer.after(e, () -> removeTree(root));
      throw e;
    }
  }

  private static void removeTree(Path root) throws IOException {
    BasicFileAttributes attributes;
    try {
      // even if its owner may not list it
      ForeignProvider.deleteIfExists(root);
      return;
    } catch (IOException e) {
      // most likely it is not empty; the removal reports any other failure again
    }
    try {
      attributes = Files.readAttributes(root, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    NamedFailures failures = new NamedFailures();
    if (attributes.isDirectory()) {
      empty(root.toAbsolutePath(), attributes, failures);
    }
    failures.throwFor(root);
    try {
      ForeignProvider.deleteIfExists(root);
    } catch (FileSystemException e) {
      if (attributes.isDirectory()) {
        reportLeft(root, failures);
      }
      failures.throwFor(root);
      throw e;
    }
  }

  /** Adds a failure for each entry that appeared in the directory after it was emptied. */
  private static void reportLeft(Path root, NamedFailures failures) {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(root)) {
      failures.addLeft(left, entry -> entry);
    } catch (IOException | RuntimeException e) {
      // the caller reports that the directory cannot be deleted
    }
  }

  private static void empty(Path root, BasicFileAttributes expected, NamedFailures failures)
      throws IOException {
    OwnerAccess access = new OwnerAccess(root);
    try (DirectoryStream<Path> stream = open(root, access)) {
      if (!(stream instanceof SecureDirectoryStream<Path> top)) {
        PlainTreeRemoval.empty(root, access, failures);
        return;
      }
      BasicFileAttributes opened =
          top.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
      if (!Objects.equals(opened.fileKey(), expected.fileKey())) {
        throw new FileSystemException(root.toString(), null, "Replaced while it was removed");
      }
      TreeRemovals.begin();
      try {
        new TreeRemoval(root, top, access, failures).empty();
      } finally {
        TreeRemovals.end();
      }
    }
  }

  @SuppressWarnings("StreamResourceLeak") // the caller closes it
  private static DirectoryStream<Path> open(Path root, OwnerAccess access) throws IOException {
    try {
      return Files.newDirectoryStream(root);
    } catch (AccessDeniedException e) {
      access.grant(root);
      return Files.newDirectoryStream(root);
    }
  }

  /**
   * Repeats passes over the top until it is empty, or a pass has found as many entries as the one
   * before it. Entries that this removal has not hoisted must become fewer, because a file may come
   * back under another name each time (FUSE, NFS), and a thread may add entries without end.
   * Otherwise it removes the hoisted directories, and one last pass finds the entries left.
   */
  private void empty() {
    long before = Long.MAX_VALUE;
    long strangersBefore = Long.MAX_VALUE;
    while (pass()) {
      boolean fewer = strangers > 0 ? strangers < strangersBefore : hoisting || found < before;
      if (!fewer) {
        removeHoisted();
        if (pass() && failures.count() == 0) {
          reportWhatCameBack();
        }
        return;
      }
      before = found;
      strangersBefore = strangers > 0 ? strangers : strangersBefore;
    }
  }

  /** Removes the entries at the top; false if it is empty or cannot be listed. */
  private boolean pass() {
    failures.clear();
    found = 0;
    strangers = 0;
    hoisting = false;
    try (SecureDirectoryStream<Path> pass = reopenTop()) {
      removeEntries(pass, null, this::emptyAndDelete);
      return found > 0;
    } catch (Throwable e) { // the removal reports it to its caller
      failures.add(e, root);
      return false;
    }
  }

  /**
   * Removes the hoisted directories and those below them, level by level, without listing the top.
   */
  private void removeHoisted() {
    int before;
    do {
      before = hoisted.size();
      hoisting = false;
      for (Map.Entry<String, Origin> each : List.copyOf(hoisted.entrySet())) {
        Path name = root.getFileSystem().getPath(each.getKey());
        int failed = failures.count();
        Throwable failure = tryToRemove(top, name, each.getValue(), this::emptyAndDelete);
        if (failure == null && failures.count() == failed) {
          hoisted.remove(each.getKey());
        }
      }
    } while (hoisting || hoisted.size() < before);
  }

  private SecureDirectoryStream<Path> reopenTop() throws IOException {
    try {
      return reopen(top);
    } catch (AccessDeniedException e) {
      OwnerAccess.grant(top);
      return reopen(top);
    }
  }

  private SecureDirectoryStream<Path> reopen(SecureDirectoryStream<Path> directory)
      throws IOException {
    Path itself = root.getFileSystem().getPath(".");
    return directory.newDirectoryStream(itself, LinkOption.NOFOLLOW_LINKS);
  }

  private void reportWhatCameBack() {
    try (SecureDirectoryStream<Path> left = reopenTop()) {
      failures.addLeft(left, entry -> origin(null, entry.getFileName()).in(root));
    } catch (Throwable e) {
      failures.add(e, root);
    }
  }

  /** Handles a directory that has entries. */
  private interface FullDirectory {
    void handle(SecureDirectoryStream<Path> parent, Path name, Origin origin) throws IOException;
  }

  /**
   * Removes the entries of a directory.
   *
   * @param origin of that directory; null for the top
   */
  private void removeEntries(
      SecureDirectoryStream<Path> directory, @Nullable Origin origin, FullDirectory full)
      throws IOException {
    boolean granted = false;
    boolean atTop = origin == null;
    PassGuard guard = new PassGuard(() -> reopen(directory), name -> atTop && isHoisted(name));
    try {
      for (Path entry : directory) {
        TreeRemovals.ensureNotStopped(root);
        Path name = entry.getFileName();
        if (guard.isOvertakenAt(name)) {
          break;
        }
        found++;
        if (atTop && !isHoisted(name)) {
          strangers++;
        }
        Origin child = origin(origin, name);
        Throwable failure = tryToRemove(directory, name, child, full);
        if (failure instanceof AccessDeniedException && !granted) {
          granted = true;
          Throwable refusal = tryToGrant(directory);
          failure = refusal == null ? tryToRemove(directory, name, child, full) : failure;
        }
        if (failure != null) {
          failures.add(failure, child.in(root));
        }
      }
    } catch (DirectoryIteratorException e) {
      failures.add(e, origin == null ? root : origin.in(root));
    }
  }

  private boolean isHoisted(Path name) {
    return hoisted.containsKey(name.toString());
  }

  private Origin origin(@Nullable Origin directory, Path name) {
    Origin former = directory == null ? hoisted.get(name.toString()) : null;
    return former == null ? new Origin(directory, name) : former;
  }

  private static @Nullable Throwable tryToGrant(SecureDirectoryStream<Path> directory) {
    try {
      OwnerAccess.grant(directory);
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  private @Nullable Throwable tryToRemove(
      SecureDirectoryStream<Path> directory, Path name, Origin origin, FullDirectory full) {
    try {
      if (!delete(directory, name)) {
        full.handle(directory, name, origin);
      }
      return null;
    } catch (NoSuchFileException e) {
      return null; // another thread or program has removed it
    } catch (Throwable e) { // continues with the rest of the tree
      return e;
    }
  }

  /** Deletes a file or an empty directory; false if it is a directory that is not empty. */
  private static boolean delete(SecureDirectoryStream<Path> directory, Path name)
      throws IOException {
    try {
      directory.deleteFile(name);
      return true;
    } catch (NoSuchFileException | AccessDeniedException | ClosedFileSystemException e) {
      throw e;
    } catch (IOException | RuntimeException | Error notAFile) {
      try {
        directory.deleteDirectory(name);
        return true;
      } catch (DirectoryNotEmptyException e) {
        return false;
      } catch (IOException e) {
        if (isDirectory(directory, name)) {
          throw e;
        }
        throw notAFile;
      }
    }
  }

  private static boolean isDirectory(SecureDirectoryStream<Path> parent, Path name)
      throws IOException {
    return parent
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes()
        .isDirectory();
  }

  private void emptyAndDelete(SecureDirectoryStream<Path> parent, Path name, Origin origin)
      throws IOException {
    int before = failures.count();
    try (SecureDirectoryStream<Path> directory = open(parent, root, name)) {
      Path path = root.resolve(name);
      removeEntries(
          directory, origin, (from, child, childOrigin) -> hoist(from, path, child, childOrigin));
    }
    if (failures.count() == before) {
      parent.deleteDirectory(name);
      hoisted.remove(name.toString());
    }
  }

  private SecureDirectoryStream<Path> open(
      SecureDirectoryStream<Path> parent, Path parentPath, Path name) throws IOException {
    try {
      return parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    } catch (AccessDeniedException e) {
      access.grant(top, parent, parentPath, name);
      return parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private void hoist(SecureDirectoryStream<Path> parent, Path parentPath, Path name, Origin origin)
      throws IOException {
    Path random = name.getFileSystem().getPath(Names.random(Names.LENGTH));
    try {
      parent.move(name, top, random);
    } catch (AccessDeniedException e) {
      // rename(2) moves a directory to another parent only if it is writable
      try (SecureDirectoryStream<Path> directory = open(parent, parentPath, name)) {
        OwnerAccess.grant(directory);
      }
      parent.move(name, top, random);
    }
    hoisting = true;
    hoisted.put(random.toString(), origin);
  }
}
