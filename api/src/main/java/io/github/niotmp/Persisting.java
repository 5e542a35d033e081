package io.github.niotmp;

import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.cleanup.OwnerOnly;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives a file its final name in one step that nobody sees half done. Where that can't be a rename,
 * as on another device, a copy is made beside the target and renamed.
 */
final class Persisting {
  private final FileChannel content;
  private final @Nullable Path source;
  private final Path target;
  private final Path directory;
  private final PersistOptions options;

  /**
   * Says what is to be done.
   *
   * @param content the file, open for reading
   * @param source its name; null if it has none
   * @param target absolute
   * @throws FileAlreadyExistsException if the target is a root
   */
  Persisting(FileChannel content, @Nullable Path source, Path target, PersistOptions options)
      throws FileAlreadyExistsException {
    this.content = content;
    this.source = source;
    this.target = target;
    this.options = options;
    Path parent = target.getParent();
    if (parent == null) {
      throw new FileAlreadyExistsException(target.toString());
    }
    directory = parent;
  }

  /**
   * Puts the file in place. After an exception source and target are as they were.
   *
   * @return whether it took the source's name with it
   */
  boolean run() throws IOException {
    if (source == null || !source.getFileSystem().equals(target.getFileSystem())) {
      copy();
      return false;
    }
    Set<PosixFilePermission> before =
        options.permissions().isPresent() ? permissions(source) : null;
    try {
      setPermissions(source, options.permissions().orElse(null));
      if (options.sync()) {
        content.force(true);
      }
      if (options.replaceExisting() && move(source)) {
        return true;
      }
      if (options.replaceExisting() || !link(source)) {
        copy();
      }
      return false;
    } catch (IOException | RuntimeException e) {
      undo(e, () -> setPermissions(source, before));
      throw e;
    }
  }

  /** Has the name of a file on the device, too, where directories can be opened. */
  static void syncDirectory(Path file) throws IOException {
    if (file.getFileSystem() == FileSystems.getDefault() && File.separatorChar == '/') {
      Path directory = file.resolveSibling("");
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  private void copy() throws IOException {
    Path copy = directory.resolve(Names.random(".tmp"));
    FileChannel to =
        FileChannel.open(
            copy,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            OwnerOnly.file(copy));
    try {
      try (to) {
        copyTo(to);
        setPermissions(copy, permissionsOfCopy());
        to.force(true);
      }
      place(copy);
    } catch (IOException | RuntimeException e) {
      undo(e, () -> Files.deleteIfExists(copy));
      throw e;
    }
  }

  private void copyTo(FileChannel to) throws IOException {
    long size = content.size();
    for (long at = 0; at < size; ) {
      long count = content.transferTo(at, size - at, to);
      if (count <= 0) {
        throw new FileSystemException(
            target.toString(), null, "The file was cut while it was copied");
      }
      at += count;
    }
  }

  /** Gives a copy, which is on the device of the target, the final name. */
  private void place(Path copy) throws IOException {
    if (options.replaceExisting()) {
      replace(copy);
      return;
    }
    boolean linked = link(copy);
    if (!linked) {
      Files.createFile(target, OwnerOnly.file(target));
    }
    try {
      if (linked) {
        Files.delete(copy);
      } else {
        replace(copy);
      }
    } catch (IOException | RuntimeException e) {
      undo(e, () -> Files.delete(target));
      throw e;
    }
  }

  /** Renames within a device; false if this is none. */
  private boolean move(Path from) throws IOException {
    try {
      replace(from);
      return true;
    } catch (AtomicMoveNotSupportedException e) {
      return false;
    }
  }

  private void replace(Path from) throws IOException {
    Files.move(from, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Gives a file a second name, which never replaces one; false if that can't be done here. */
  private boolean link(Path from) throws IOException {
    try {
      Files.createLink(target, from);
      return true;
    } catch (FileAlreadyExistsException | NoSuchFileException | AccessDeniedException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      return false;
    }
  }

  private @Nullable Set<PosixFilePermission> permissionsOfCopy() throws IOException {
    if (options.permissions().isPresent()) {
      return options.permissions().get();
    }
    boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
    return source != null && posix ? permissions(source) : null;
  }

  private static @Nullable Set<PosixFilePermission> permissions(Path file) throws IOException {
    PosixFileAttributeView view = posix(file);
    return view == null ? null : view.readAttributes().permissions();
  }

  private static void setPermissions(Path file, @Nullable Set<PosixFilePermission> permissions)
      throws IOException {
    if (permissions == null) {
      return;
    }
    PosixFileAttributeView view = posix(file);
    if (view == null) {
      throw new UnsupportedOperationException("No permissions can be set on " + file.toUri());
    }
    if (!view.readAttributes().permissions().equals(permissions)) {
      view.setPermissions(permissions);
    }
  }

  /** Never leads out of a directory in which others may have put a link in the file's place. */
  private static @Nullable PosixFileAttributeView posix(Path file) {
    return Files.getFileAttributeView(
        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void undo(Exception failure, Step step) {
    try {
      step.run();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
