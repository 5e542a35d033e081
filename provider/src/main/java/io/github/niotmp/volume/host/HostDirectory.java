package io.github.niotmp.volume.host;

import io.github.niotmp.internal.cleanup.ExitDeletion;
import io.github.niotmp.internal.cleanup.HostNames;
import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.Replace;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.path.UnfollowedPath;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.DirectoryHandle;
import io.github.niotmp.volume.DirectoryListener;
import io.github.niotmp.volume.FileAttributes;
import io.github.niotmp.volume.OpenDirectory;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenMode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A handle on a directory of the host, by its path. Renames by this JVM update the path. */
final class HostDirectory implements DirectoryHandle {
  private final HostVolume volume;
  private final HostTree tree;
  private final DirectoryPlace here;
  private final String openedAs;

  /**
   * Creates a handle.
   *
   * @param here the path of the directory, without links
   * @param openedAs the path it was opened by, for exceptions
   */
  HostDirectory(HostVolume volume, Path here, String openedAs) {
    this.volume = volume;
    this.tree = volume.tree();
    this.here = volume.names().track(here);
    this.openedAs = openedAs;
  }

  private HostWalk walk(TmpPath path, boolean follow) throws IOException {
    return new HostWalk(tree, here.real(), path, follow);
  }

  /** A step on the host. */
  @FunctionalInterface
  private interface Step<T> {
    T run() throws IOException;
  }

  /** Runs a step that creates a name. */
  @SuppressWarnings("try") // the exit of the JVM waits for the creation
  private static <T> T creating(TmpPath path, Path real, Step<T> step) throws IOException {
    try (HostNames.Creation creation = HostNames.creating(real)) {
      return at(path, step);
    }
  }

  private static <T> T at(TmpPath path, Step<T> step) throws IOException {
    try {
      return step.run();
    } catch (IOException e) {
      throw HostFailure.at(path, e);
    }
  }

  @Override
  public OpenFile open(TmpPath path, OpenMode mode, List<AttributeChange> initial)
      throws IOException {
    return new HostOpening(volume, path, mode, follow -> walk(path, follow)).open(initial);
  }

  @Override
  public OpenFile createUnnamed(TmpPath path, List<AttributeChange> initial) throws IOException {
    HostWalk walk = walk(path, true);
    Path directory = walk.found();
    if (!walk.existing().isDirectory()) {
      throw Errno.NOT_A_DIRECTORY.at(path);
    }
    return HostOpening.createUnnamed(volume, directory, path, initial);
  }

  @Override
  public HostDirectory openDirectory(TmpPath path, boolean follow) throws IOException {
    return new HostDirectory(volume, findDirectory(path, follow), path.toString());
  }

  /** Returns false, because the handle is a path. */
  @Override
  public boolean isSecure() {
    return false;
  }

  @Override
  public void close() {}

  /**
   * Opens the directory if the host has {@link SecureDirectoryStream}; otherwise keeps its path
   * only.
   */
  @Override
  public OpenDirectory openStream(TmpPath path, boolean follow) throws IOException {
    SecureDirectoryStream<Path> root = tree.openRoot(path);
    if (root == null) {
      return openDirectory(path, follow);
    }
    try (root;
        HeldWalk walk = new HeldWalk(tree, root, tree.root(), path, follow)) {
      return HeldDirectory.open(volume, walk);
    } catch (AccessDeniedException e) { // a directory above it is searchable but not readable
      Path real = findDirectory(path, follow);
      if (real.equals(tree.root())) {
        throw e;
      }
      return HeldDirectory.open(volume, at(path, () -> tree.openByPath(real, path)), real, path);
    }
  }

  private Path findDirectory(TmpPath path, boolean follow) throws IOException {
    HostWalk walk = walk(path, follow);
    if (walk.fault() != Errno.NOT_A_DIRECTORY) {
      Path found = walk.found();
      if (walk.existing().isDirectory()) {
        return found;
      }
    }
    throw new NotDirectoryException(path.toString());
  }

  @Override
  public Iterator<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    Path real = here.real();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(real)) {
      for (Path entry : entries) {
        names.add(String.valueOf(entry.getFileName()));
      }
    } catch (DirectoryIteratorException e) {
      throw HostFailure.at(openedAs, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw HostFailure.at(openedAs, e);
    }
    return names.iterator();
  }

  /**
   * Checks that the provider has deleted the file. If the provider cannot tell, assumes that it
   * has, because otherwise a move would lose its target.
   */
  private static void requireDeleted(Path real, BasicFileAttributes deleted)
      throws FileSystemException {
    boolean there;
    try {
      there = ForeignProvider.isThere(real, deleted);
    } catch (IOException e) {
      return;
    }
    if (there) {
      throw ForeignProvider.notDeleted(real);
    }
  }

  @Override
  public void createDirectory(TmpPath path, List<AttributeChange> initial) throws IOException {
    HostWalk walk = walkToNew(path);
    Path real = walk.place();
    List<AttributeChange> later = new ArrayList<>(initial);
    for (AttributeChange change : initial) {
      if (change instanceof AttributeChange.SpoolThreshold
          || change instanceof AttributeChange.MaxFileSize
          || change instanceof AttributeChange.RollOver) {
        throw new UnsupportedOperationException(
            "'tmp:spoolThreshold', 'tmp:maxFileSize' and 'tmp:rolledOver' not supported as initial "
                + "attributes of directories");
      }
    }
    creating(
        path,
        real,
        () ->
            Files.createDirectory(
                real, HostOpening.creationMode(tree, later, OwnerOnly.directory(real))));
    try {
      at(
          path,
          () -> {
            OwnerOnly.requireDirectory(real);
            return real;
          });
      for (AttributeChange change : later) {
        changes(real, path).apply(change);
      }
    } catch (IOException | RuntimeException | Error e) {
      removeCreated(real, e);
      throw e;
    }
  }

  /** Removes the directory, unless another program has replaced it by another kind of file. */
  private void removeCreated(Path directory, Throwable failure) {
    Closer.after(
        failure,
        () -> {
          BasicFileAttributes there = tree.lookAt(directory);
          if (there != null && there.isDirectory()) {
            Files.deleteIfExists(directory);
          }
        });
  }

  private HostChanges changes(Path real, TmpPath path) {
    return new HostChanges(tree, real, path, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void createSymbolicLink(TmpPath link, TmpPath target, List<AttributeChange> initial)
      throws IOException {
    if (!initial.isEmpty()) {
      throw new UnsupportedOperationException(
          "Initial file attributes not supported when creating symbolic link");
    }
    if (target.isEmpty()) {
      throw Errno.NO_SUCH_FILE.at(link); // Linux looks at the target before the link
    }
    HostWalk walk = walkToNew(link);
    Path real = walk.place();
    Path text = linkText(walk.directory(), target, link);
    creating(link, real, () -> Files.createSymbolicLink(real, text));
  }

  /**
   * Returns the text of the link on the host. An absolute target must be valid for other programs
   * too.
   */
  private Path linkText(Path directory, TmpPath target, TmpPath link) throws IOException {
    int depth = target.isAbsolute() ? 0 : tree.root().relativize(directory).getNameCount();
    if (directory.equals(tree.root())) {
      depth = 0;
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < target.getNameCount(); i++) {
      String name = target.name(i);
      if (name.equals("..")) {
        depth--;
      } else if (!name.equals(".")) {
        depth++;
        tree.child(directory, name, target); // refuses several names in one
      }
      if (depth < 0) {
        throw Errno.LEADS_OUT.at(link, target);
      }
      names.add(name);
    }
    Path relative = tree.root().getFileSystem().getPath("", names.toArray(String[]::new));
    return target.isAbsolute() ? tree.root().resolve(relative) : relative;
  }

  private HostWalk walkToNew(TmpPath path) throws IOException {
    HostWalk walk = walk(path, false);
    if (walk.fault() != null) {
      throw walk.fault().at(path);
    }
    if (walk.node() != null) {
      throw Errno.EXISTS.at(path);
    }
    return walk;
  }

  @Override
  @SuppressWarnings("try") // the exit of the JVM waits for the creation
  public void createLink(TmpPath link, TmpPath existing) throws IOException {
    HostWalk source = walk(existing, false);
    HostWalk target = walk(link, false);
    Errno fault = refusal(source, target);
    if (fault != null) {
      throw fault.at(link, existing);
    }
    Path real = target.place();
    try (HostNames.Creation creation = HostNames.creating(real)) {
      Files.createLink(real, source.found());
    } catch (IOException e) {
      throw HostFailure.at(link, real, existing, e);
    }
  }

  private static @Nullable Errno refusal(HostWalk source, HostWalk target) {
    BasicFileAttributes existing = source.node();
    if (existing == null) {
      return source.miss();
    }
    if (target.fault() != null) {
      return target.fault();
    }
    if (target.node() != null) {
      return Errno.EXISTS;
    }
    if (!existing.isDirectory()) {
      return null;
    }
    Path parent = Objects.requireNonNull(target.place().getParent());
    return Files.isWritable(parent) ? Errno.NOT_PERMITTED : Errno.ACCESS_DENIED;
  }

  @Override
  public long maxFileSize() {
    return Long.MAX_VALUE;
  }

  @Override
  public void delete(TmpPath path, Removal removal) throws IOException {
    HostWalk walk = walk(path, false);
    Path real = walk.found();
    BasicFileAttributes existing = walk.existing();
    Errno fault = refusal(walk, removal);
    if (fault != null) {
      throw fault.at(path);
    }
    at(
        path,
        () -> {
          Files.delete(real);
          requireDeleted(real, existing);
          return real;
        });
  }

  /** Returns the reason why the file cannot be removed, or null. */
  static @Nullable Errno refusal(HostLookUp walk, Removal removal) throws FileSystemException {
    boolean directory = walk.existing().isDirectory();
    return switch (walk.name()) {
      case "/" -> Errno.BUSY;
      case "." -> Errno.INVALID;
      case ".." -> Errno.NOT_EMPTY;
      default -> {
        if (removal == Removal.FILE && directory) {
          yield Errno.IS_A_DIRECTORY;
        }
        yield removal == Removal.DIRECTORY && !directory ? Errno.NOT_A_DIRECTORY : null;
      }
    };
  }

  @Override
  public TmpPath readSymbolicLink(TmpPath path) throws IOException {
    HostWalk walk = walk(path, false);
    Path real = walk.found();
    if (!walk.existing().isSymbolicLink()) {
      throw new NotLinkException(path.toString());
    }
    Path target = at(path, () -> Files.readSymbolicLink(real));
    if (target.isAbsolute() && target.startsWith(tree.root())) {
      return tree.toTmp(target, path);
    }
    String separator = target.getFileSystem().getSeparator();
    return TmpPath.of(path.owner(), target.toString().replace(separator, "/"));
  }

  @Override
  public void rename(TmpPath source, OpenDirectory targetDirectory, TmpPath target, Replace replace)
      throws IOException {
    HostWalk from = walk(source, false);
    HostWalk to = ((HostDirectory) targetDirectory).walk(target, false);
    CopyOption[] options =
        switch (replace) {
          case NEVER -> new CopyOption[0];
          case EXISTING -> new CopyOption[] {StandardCopyOption.REPLACE_EXISTING};
          case ATOMIC -> new CopyOption[] {StandardCopyOption.ATOMIC_MOVE};
        };
    rename(
        volume,
        from,
        source,
        to,
        target,
        replace,
        () -> Files.move(from.place(), to.place(), options));
  }

  /**
   * Renames the file that one look-up found to the end of the other.
   *
   * @param step renames on the host
   */
  @SuppressWarnings("try") // the exit of the JVM waits for the creation
  static void rename(
      HostVolume volume,
      HostLookUp from,
      TmpPath source,
      HostLookUp to,
      TmpPath target,
      Replace replace,
      OpenNames.Renaming step)
      throws IOException {
    checkLookUps(from, source, to, target, replace);
    Path realSource = from.place();
    Path realTarget = to.place();
    if (replace != Replace.ATOMIC && isSame(from, to)) {
      return;
    }
    checkNames(from, source, to, target, replace);
    boolean directory = from.node() != null && from.node().isDirectory();
    try (HostNames.Creation creation = HostNames.creating(realTarget)) {
      if (creation.isDuringExit() && directory) {
        ExitDeletion.registerTree(realSource, realTarget); // the JDK may delete right afterwards
      }
      volume.names().rename(realSource, realTarget, directory, step);
      if (creation.isDuringExit() && directory) {
        ExitDeletion.registerTree(realTarget, realTarget);
      }
    } catch (IOException e) {
      throw HostFailure.at(source, from.nameInFailures(), target, e);
    }
  }

  private static void checkLookUps(
      HostLookUp from, TmpPath source, HostLookUp to, TmpPath target, Replace replace)
      throws FileSystemException {
    boolean atomic = replace == Replace.ATOMIC;
    Errno missing = atomic ? from.fault() : from.miss();
    if (missing != null) {
      throw atomic ? missing.at(source, target) : missing.at(source);
    }
    if (to.fault() != null) {
      throw to.fault().at(source, target);
    }
  }

  private static boolean isSame(HostLookUp from, HostLookUp to) throws FileSystemException {
    BasicFileAttributes source = from.existing();
    BasicFileAttributes target = to.node();
    if (target == null) {
      return false;
    }
    return from.place().equals(to.place())
        || (source.fileKey() != null && source.fileKey().equals(target.fileKey()));
  }

  private static void checkNames(
      HostLookUp from, TmpPath source, HostLookUp to, TmpPath target, Replace replace)
      throws IOException {
    if (replace != Replace.ATOMIC && to.node() != null) {
      if (replace == Replace.NEVER) {
        throw Errno.EXISTS.at(target);
      }
      if (!to.isPlainName()) {
        throw switch (to.name()) { // fails as delete(target) does, its first step
          case "/" -> Errno.BUSY.at(target);
          case "." -> Errno.INVALID.at(target);
          default -> Errno.NOT_EMPTY.at(target);
        };
      }
    }
    if (!from.isPlainName() || !to.isPlainName()) {
      throw replace == Replace.EXISTING && isFull(to)
          ? Errno.NOT_EMPTY.at(target)
          : Errno.BUSY.at(source, target);
    }
  }

  private static boolean isFull(HostLookUp walk) throws IOException {
    if (walk.node() == null || !walk.node().isDirectory()) {
      return false;
    }
    try (DirectoryStream<Path> children = Files.newDirectoryStream(walk.place())) {
      return children.iterator().hasNext();
    }
  }

  @Override
  public FileAttributes readAttributes(TmpPath path, boolean follow) throws IOException {
    Path real = walk(path, follow).found();
    return at(path, () -> attributesOf(real));
  }

  private FileAttributes attributesOf(Path real) throws IOException {
    return HostAttributes.read(volume, real, volume.lifetime(), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public @Nullable FileAttributes readAttributesIfExists(TmpPath path, boolean follow)
      throws IOException {
    HostWalk walk = walk(path, follow);
    Errno miss = walk.miss();
    if (miss == Errno.NO_SUCH_FILE || miss == Errno.NOT_A_DIRECTORY) {
      return null;
    }
    Path real = walk.found();
    try {
      return at(path, () -> attributesOf(real));
    } catch (NoSuchFileException e) {
      return null; // removed since the look-up
    }
  }

  @Override
  public boolean exists(TmpPath path, boolean follow) {
    try {
      return walk(path, follow).node() != null;
    } catch (IOException e) {
      return false; // the look-up failed
    }
  }

  @Override
  public void change(TmpPath path, boolean follow, AttributeChange change) throws IOException {
    changes(walk(path, follow).found(), path).apply(change);
  }

  @Override
  public Path hostPath(TmpPath path, boolean follow) throws IOException {
    return volume.onHost(walk(path, follow).found());
  }

  @Override
  public List<String> userAttributeNames(TmpPath path, boolean follow) throws IOException {
    return changes(walk(path, follow).found(), path).userAttributeNames();
  }

  @Override
  public byte[] readUserAttribute(TmpPath path, boolean follow, String name) throws IOException {
    return changes(walk(path, follow).found(), path).readUserAttribute(name);
  }

  @Override
  public void checkAccess(TmpPath path, AccessMode... modes) throws IOException {
    Path real = walk(path, true).found();
    at(
        path,
        () -> {
          real.getFileSystem().provider().checkAccess(real, modes);
          return real;
        });
  }

  @Override
  public TmpPath realPath(TmpPath path, boolean follow) throws IOException {
    if (follow) {
      return tree.toTmp(walk(path, true).found(), path);
    }
    TmpPath real =
        UnfollowedPath.of(
            path,
            tree.toTmp(here.real(), path),
            absolute -> fromRoot(absolute).existing().isSymbolicLink());
    fromRoot(real).found();
    return real;
  }

  private HostWalk fromRoot(TmpPath absolute) throws IOException {
    return new HostWalk(tree, tree.root(), absolute, false);
  }

  @Override
  public Watch watch(TmpPath path, DirectoryListener listener) throws IOException {
    Path real = findDirectory(path, true);
    TmpPath named = path.isEmpty() ? TmpPath.of(path.owner(), openedAs) : path;
    return at(named, () -> volume.watches().add(real, listener));
  }
}
