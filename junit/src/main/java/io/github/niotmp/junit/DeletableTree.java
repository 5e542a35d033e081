package io.github.niotmp.junit;

import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Restores the owner's permissions on the directories of a tree from which a test removed them, so
 * that JUnit can delete the tree. JUnit itself does so only for paths with a {@code File}.
 *
 * <p>It remembers the permissions it replaced, so that a kept tree gets them back.
 *
 * <p>Only the thread that closes the test's context uses it, without a lock.
 */
final class DeletableTree {
  private static final Set<PosixFilePermission> OF_THE_OWNER =
      EnumSet.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE);

  private final Path root;
  private final ExtensionContext context;

  /**
   * The replaced permissions in the order of the changes: a directory precedes its subdirectories.
   */
  private final Map<Path, Set<PosixFilePermission>> replaced = new LinkedHashMap<>();

  DeletableTree(Path root, ExtensionContext context) {
    this.root = root;
    this.context = context;
  }

  Path root() {
    return root;
  }

  /** Says whether the tree belongs to this context, which several objects may represent. */
  boolean isOf(ExtensionContext other) {
    return context.getUniqueId().equals(other.getUniqueId())
        && context.getRoot() == other.getRoot();
  }

  boolean isOnDefaultFileSystem() {
    return root.getFileSystem() == FileSystems.getDefault();
  }

  boolean exists() {
    return root.getFileSystem().isOpen() && Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Gives the owner all permissions on each directory, if the tree exists.
   *
   * @throws IOException if a permission cannot be set or a directory not be listed
   */
  void makeDeletable() throws IOException {
    if (!exists()) {
      return;
    }
    Deque<Path> directories = new ArrayDeque<>();
    directories.add(root);
    for (Path each = directories.poll(); each != null; each = directories.poll()) {
      allow(each, OF_THE_OWNER);
      try (DirectoryStream<Path> entries =
          Files.newDirectoryStream(
              each, entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))) {
        entries.forEach(directories::add);
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
  }

  /** Adds missing owner permissions to a file or directory. */
  void allow(Path path, Set<PosixFilePermission> wanted) throws IOException {
    PosixFileAttributeView view = posix(path);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> before = view.readAttributes().permissions();
    if (!before.containsAll(wanted)) {
      Set<PosixFilePermission> after = EnumSet.copyOf(wanted);
      after.addAll(before);
      try {
        view.setPermissions(after);
      } catch (FileSystemException e) {
        // Without following links, the default provider opens the file, which needs read
        // permission; newer JDKs throw another class. Other users cannot replace it, because its
        // parents are private.
        if (!isOnDefaultFileSystem() || Files.isSymbolicLink(path)) {
          throw e;
        }
        Files.setPosixFilePermissions(path, after);
      }
      replaced.putIfAbsent(path, before);
    }
  }

  /** Returns the permissions that the test left; null if the file system has none. */
  @Nullable Set<PosixFilePermission> permissions(Path path) throws IOException {
    Set<PosixFilePermission> before = replaced.get(path);
    if (before != null) {
      return before;
    }
    PosixFileAttributeView view = posix(path);
    return view == null ? null : view.readAttributes().permissions();
  }

  /** Restores the permissions that the test set, after the tree was moved. */
  void restoreAt(Path moved) throws IOException {
    List<Path> deepestFirst = new ArrayList<>(replaced.keySet());
    Collections.reverse(deepestFirst);
    for (Path each : deepestFirst) {
      PosixFileAttributeView view = posix(moved.resolve(root.relativize(each).toString()));
      if (view != null) {
        view.setPermissions(replaced.get(each));
      }
    }
  }

  private static @Nullable PosixFileAttributeView posix(Path path) {
    return Files.getFileAttributeView(
        path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }
}
