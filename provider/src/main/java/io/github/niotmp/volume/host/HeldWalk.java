package io.github.niotmp.volume.host;

import io.github.niotmp.host.HostChannel;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.TmpPath;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A look-up through open directories. Each step starts at an open directory and does not let the
 * host follow a link, so that no other program can lead the look-up out of the tree. The walk holds
 * at most two directories open, at any depth.
 *
 * <p>{@link #directory} and {@link #place} are the last known paths of the open directories, for
 * tracking names. Only the text of a link is read by such a path, because {@link
 * SecureDirectoryStream} has no method for it; the walk then looks up the target step by step.
 *
 * <p>For use by one thread.
 */
final class HeldWalk extends HostLookUp {
  /** A name to look up. If it comes from the text of a link, it must not lead above the root. */
  private record Step(String name, boolean ofLink) {}

  private final HostTree tree;
  private final Deque<Step> steps = new ArrayDeque<>();
  private SecureDirectoryStream<Path> held;

  /** Whether this walk has opened {@link #held}, and closes it. */
  private boolean owned;

  private int links;

  /**
   * Looks up a path.
   *
   * @param start the directory where relative paths start; the walk does not close it
   * @param real the path of that directory
   * @param follow whether a symbolic link that the whole path names is followed
   * @throws IOException if the host fails, or cannot have one of the names
   */
  HeldWalk(
      HostTree tree, SecureDirectoryStream<Path> start, Path real, TmpPath path, boolean follow)
      throws IOException {
    super(path, real);
    this.tree = tree;
    this.held = start;
    try {
      go(List.of(path.names()), path.isAbsolute(), follow);
    } catch (IOException e) {
      Closer.after(e, this);
      throw HostFailure.at(path, e);
    } catch (RuntimeException | Error e) {
      Closer.after(e, this);
      throw e;
    }
  }

  private void go(List<String> names, boolean absolute, boolean follow) throws IOException {
    if (absolute) {
      toRoot();
      stay("/");
    } else {
      stay(".");
    }
    for (String each : names) {
      if (!each.isEmpty()) {
        steps.addLast(new Step(each, false));
      }
    }
    while (fault == null && !steps.isEmpty()) {
      Step step = steps.removeFirst();
      enter();
      if (fault == null) {
        look(step, follow || !steps.isEmpty());
      }
    }
  }

  /** Opens the root and continues at it. */
  private void toRoot() throws IOException {
    SecureDirectoryStream<Path> root = tree.openRoot(path);
    if (root == null) {
      throw new FileSystemException(path.toString(), null, "The host holds no directory open");
    }
    become(root, tree.root());
  }

  private void become(SecureDirectoryStream<Path> next, Path real) throws IOException {
    SecureDirectoryStream<Path> before = held;
    boolean close = owned;
    held = next;
    owned = true;
    directory = real;
    if (close) {
      before.close();
    }
  }

  /** Ends the step at the held directory itself, under the name {@code part}. */
  private void stay(String part) throws IOException {
    arrive(part, directory);
    node = attributesOfHeld();
  }

  private void arrive(String part, Path found) {
    name = part;
    file = found;
    node = null;
  }

  private boolean isHeld() {
    return !isPlainName();
  }

  /** Opens the directory that the last step found, unless it is held already. */
  private void enter() throws IOException {
    if (isHeld()) {
      return;
    }
    if (node == null) {
      fault = Errno.NO_SUCH_FILE;
    } else if (!node.isDirectory()) {
      fault = Errno.NOT_A_DIRECTORY;
    } else {
      try {
        become(openFound(), place());
      } catch (FileSystemException e) {
        fault = faultOf(e);
      }
    }
  }

  private SecureDirectoryStream<Path> openFound() throws IOException {
    return held.newDirectoryStream(nameOnHost(), LinkOption.NOFOLLOW_LINKS);
  }

  private static Errno faultOf(FileSystemException e) throws FileSystemException {
    Errno known = e instanceof NotDirectoryException ? Errno.NOT_A_DIRECTORY : Errno.in(e);
    if (known == null) {
      throw e;
    }
    return known;
  }

  private void look(Step step, boolean follow) throws IOException {
    String part = step.name();
    if (part.equals(".")) {
      arrive(part, directory);
      node = lookAt(nameOnHost()); // checks the search permission
    } else if (part.equals("..")) {
      ascend(step);
    } else {
      Path child = tree.child(directory, part, path);
      arrive(part, child);
      node = lookAt(nameOnHost());
      if (follow && node != null && node.isSymbolicLink()) {
        follow(child);
      }
    }
  }

  /** Opens the current parent of the held directory, unless it lies outside the tree. */
  private void ascend(Step step) throws IOException {
    Object root = Objects.requireNonNull(tree.rootKey());
    if (root.equals(HostTree.keyOf(held))) {
      if (step.ofLink()) {
        fault = Errno.LEADS_OUT; // as this link does on the host
        return;
      }
      stay("..");
      return;
    }
    try {
      become(parentOf(held), Objects.requireNonNullElse(directory.getParent(), directory));
    } catch (FileSystemException e) {
      fault = faultOf(e);
      return;
    }
    if (!isInTree()) {
      fault = Errno.LEADS_OUT; // another program has moved the directory away
      return;
    }
    stay("..");
  }

  private SecureDirectoryStream<Path> parentOf(SecureDirectoryStream<Path> child)
      throws IOException {
    return child.newDirectoryStream(
        tree.root().getFileSystem().getPath(".."), LinkOption.NOFOLLOW_LINKS);
  }

  private boolean isInTree() throws IOException {
    Object root = tree.rootKey();
    SecureDirectoryStream<Path> each = held;
    Object key = HostTree.keyOf(each);
    try {
      while (!Objects.equals(root, key)) {
        SecureDirectoryStream<Path> parent = parentOf(each);
        SecureDirectoryStream<Path> child = each;
        each = parent;
        if (child != held) {
          child.close();
        }
        Object above = HostTree.keyOf(each);
        if (Objects.equals(above, key)) {
          return false; // the root of the host
        }
        key = above;
      }
      return true;
    } finally {
      if (each != held) {
        each.close();
      }
    }
  }

  private void follow(Path link) throws IOException {
    links++;
    if (links > MOST_LINKS) {
      fault = Errno.TOO_MANY_LINKS;
      return;
    }
    if (!isHeldAtItsPath()) {
      throw new FileSystemException(
          path.toString(),
          null,
          "The target of a symbolic link cannot be read: its directory is open, but no longer at "
              + directory);
    }
    Path target = Files.readSymbolicLink(link);
    if (!target.isAbsolute()) {
      push(HostWalk.textOf(target));
    } else if (target.startsWith(tree.root())) {
      toRoot();
      push(HostWalk.textOf(tree.root().relativize(target)));
    } else {
      fault = Errno.LEADS_OUT;
      return;
    }
    stay("/");
  }

  private boolean isHeldAtItsPath() throws IOException {
    BasicFileAttributes there = tree.lookAt(directory);
    return there != null && Objects.equals(there.fileKey(), HostTree.keyOf(held));
  }

  private void push(List<String> names) {
    for (int i = names.size() - 1; i >= 0; i--) {
      steps.addFirst(new Step(names.get(i), true));
    }
  }

  private @Nullable BasicFileAttributes lookAt(Path relative) throws IOException {
    try {
      Class<? extends BasicFileAttributeView> type =
          tree.supports("posix") ? PosixFileAttributeView.class : BasicFileAttributeView.class;
      return held.getFileAttributeView(relative, type, LinkOption.NOFOLLOW_LINKS).readAttributes();
    } catch (NoSuchFileException e) {
      return null;
    } catch (FileSystemException e) {
      fault = faultOf(e);
      return null;
    }
  }

  private BasicFileAttributes attributesOfHeld() throws IOException {
    return tree.supports("posix")
        ? held.getFileAttributeView(PosixFileAttributeView.class).readAttributes()
        : held.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
  }

  /** Returns the open directory that has, or could have, the name. */
  SecureDirectoryStream<Path> held() {
    return held;
  }

  /** Returns the last name as a path of the host. */
  Path nameOnHost() {
    return tree.root().getFileSystem().getPath(name);
  }

  /**
   * Returns a view of the file that the path names.
   *
   * @return null if the host has no view of this class
   */
  <V extends FileAttributeView> @Nullable V view(Class<V> type) {
    return isHeld()
        ? held.getFileAttributeView(type)
        : held.getFileAttributeView(nameOnHost(), type, LinkOption.NOFOLLOW_LINKS);
  }

  /** Opens the directory that the path names; the caller has checked that it is one. */
  SecureDirectoryStream<Path> openDirectory() throws IOException {
    if (!isHeld()) {
      return openFound();
    }
    if (owned) {
      owned = false; // the caller closes it
      return held;
    }
    return held.newDirectoryStream(
        tree.root().getFileSystem().getPath("."), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  HostChannel openChannel(Set<OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return HostChannel.open(held, nameOnHost(), place(), options, attributes);
  }

  @Override
  void checkInTree() {} // the host has followed no link

  @Override
  void checkPath() throws IOException {
    if (!isHeldAtItsPath()) {
      throw new FileSystemException(
          path.toString(),
          null,
          "It cannot be removed with its handle: its directory is open, but no longer at "
              + directory);
    }
  }

  @Override
  Path nameInFailures() {
    return nameOnHost();
  }

  @Override
  @Nullable BasicFileAttributes lookAgain() throws IOException {
    return lookAt(nameOnHost());
  }

  @Override
  void deleteFile() throws IOException {
    held.deleteFile(nameOnHost());
  }

  @Override
  public void close() throws IOException {
    if (owned) {
      owned = false;
      held.close();
    }
  }
}
