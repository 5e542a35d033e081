package io.github.niotmp.internal.cleanup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
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
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Removes a directory with all that is in it, and nothing else, whoever exchanges directories for
 * links meanwhile: every step starts from a directory that is open, and follows no link. What has
 * entries of its own is moved to the top before it is emptied, so that depth costs neither stack
 * nor descriptors.
 */
public final class TreeRemoval {
  private final SecureDirectoryStream<Path> top;
  private final List<IOException> failures = new ArrayList<>();
  private boolean progress;

  private TreeRemoval(SecureDirectoryStream<Path> top) {
    this.top = top;
  }

  /**
   * Removes a tree; does nothing if there is none.
   *
   * @param root the directory; a link or a file there is removed itself
   * @throws IOException if something could not be removed; all else is
   */
  public static void remove(Path root) throws IOException {
    BasicFileAttributes attributes;
    try {
      Files.delete(root); // though its owner may not be able to look into it
      return;
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      // most likely it is not empty; if not, it will be said again
    }
    try {
      attributes = Files.readAttributes(root, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    List<IOException> failures = attributes.isDirectory() ? empty(root, attributes) : List.of();
    if (!failures.isEmpty()) {
      FileSystemException failure =
          new FileSystemException(
              root.toString(),
              null,
              failures.size() + " entries cannot be removed, such as " + failures.get(0));
      failures.forEach(failure::addSuppressed);
      throw failure;
    }
    Files.deleteIfExists(root);
  }

  /** Returns what went wrong. */
  private static List<IOException> empty(Path root, BasicFileAttributes expected)
      throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
      if (!(stream instanceof SecureDirectoryStream<Path> top)) {
        return PlainTreeRemoval.empty(root);
      }
      BasicFileAttributes opened =
          top.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
      if (!Objects.equals(opened.fileKey(), expected.fileKey())) {
        throw new FileSystemException(root.toString(), null, "Replaced while it was removed");
      }
      return new TreeRemoval(top).empty(root.getFileSystem().getPath("."));
    }
  }

  /** Goes over the top until a pass removes nothing. */
  private List<IOException> empty(Path itself) throws IOException {
    do {
      failures.clear();
      progress = false;
      try (SecureDirectoryStream<Path> pass =
          top.newDirectoryStream(itself, LinkOption.NOFOLLOW_LINKS)) {
        removeEntries(pass, this::emptyAndDelete);
      }
    } while (progress);
    return failures;
  }

  /** What becomes of a directory that has entries. */
  private interface FullDirectory {
    void handle(SecureDirectoryStream<Path> parent, Path name) throws IOException;
  }

  private void removeEntries(SecureDirectoryStream<Path> directory, FullDirectory full) {
    boolean madeWritable = false;
    try {
      for (Path entry : directory) {
        Path name = entry.getFileName();
        IOException failure = tryToRemove(directory, name, full);
        if (failure instanceof AccessDeniedException && !madeWritable) {
          madeWritable = true;
          makeWritable(directory, failure);
          failure = tryToRemove(directory, name, full);
        }
        if (failure != null) {
          failures.add(failure);
        }
      }
    } catch (DirectoryIteratorException e) {
      failures.add(e.getCause());
    }
  }

  private @Nullable IOException tryToRemove(
      SecureDirectoryStream<Path> directory, Path name, FullDirectory full) {
    try {
      if (delete(directory, name)) {
        progress = true;
      } else {
        full.handle(directory, name);
      }
      return null;
    } catch (NoSuchFileException e) {
      return null; // somebody else has removed it
    } catch (IOException e) {
      return e;
    }
  }

  /** Deletes a file or an empty directory; false if it is a directory that is not empty. */
  private static boolean delete(SecureDirectoryStream<Path> directory, Path name)
      throws IOException {
    try {
      directory.deleteFile(name);
      return true;
    } catch (NoSuchFileException | AccessDeniedException e) {
      throw e;
    } catch (IOException notAFile) {
      try {
        directory.deleteDirectory(name);
        return true;
      } catch (DirectoryNotEmptyException e) {
        return false;
      } catch (IOException e) {
        notAFile.addSuppressed(e);
        throw notAFile;
      }
    }
  }

  private void emptyAndDelete(SecureDirectoryStream<Path> parent, Path name) throws IOException {
    int before = failures.size();
    try (SecureDirectoryStream<Path> directory =
        parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      removeEntries(directory, this::hoist);
    }
    if (failures.size() == before) {
      parent.deleteDirectory(name);
      progress = true;
    }
  }

  private void hoist(SecureDirectoryStream<Path> parent, Path name) throws IOException {
    Path hoisted = name.getFileSystem().getPath(Names.random(Names.LENGTH));
    try {
      parent.move(name, top, hoisted);
      progress = true;
    } catch (AccessDeniedException e) {
      // a directory has to be writable itself to get another parent
      try (SecureDirectoryStream<Path> directory =
          parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
        makeWritable(directory, e);
      }
      parent.move(name, top, hoisted);
      progress = true;
    }
  }

  /** Changes the directory that is open, whatever has its name by now. */
  private static void makeWritable(SecureDirectoryStream<Path> directory, IOException denied) {
    PosixFileAttributeView view = directory.getFileAttributeView(PosixFileAttributeView.class);
    if (view != null) {
      try {
        view.setPermissions(PosixFilePermissions.fromString("rwx------"));
      } catch (IOException e) {
        denied.addSuppressed(e);
      }
    }
  }
}
