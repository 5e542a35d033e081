package io.github.niotmp.provider;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.path.Replace;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.DirectoryHandle;
import io.github.niotmp.volume.DirectoryHandle.Removal;
import io.github.niotmp.volume.FileAttributes;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves one file. Within a file system, it renames the file. Between two file systems, it copies
 * the file and deletes the source.
 */
final class FileMove {
  private final Located from;
  private final Located to;

  FileMove(Located source, Located target) {
    from = source;
    to = target;
  }

  /**
   * Moves a file or a directory. Between file systems, it moves a directory only if it is empty.
   *
   * @throws UnsupportedOperationException if a move does not support an option
   */
  void move(CopyOption... options) throws IOException {
    if (from.fileSystem() == to.fileSystem()) {
      from.run(() -> from.root().rename(from.path(), to.root(), to.path(), replace(options)));
    } else {
      from.runWith(to, () -> moveAcross(replace(options)));
    }
  }

  private static Replace replace(CopyOption... options) {
    Replace replace = Replace.NEVER;
    for (CopyOption option : options) {
      if (requireNonNull(option) == StandardCopyOption.ATOMIC_MOVE) {
        replace = Replace.ATOMIC;
      } else if (option == StandardCopyOption.REPLACE_EXISTING) {
        replace = replace == Replace.ATOMIC ? replace : Replace.EXISTING;
      } else if (option != LinkOption.NOFOLLOW_LINKS) { // a move never follows the final link
        throw FileCopy.unsupported(option);
      }
    }
    return replace;
  }

  private void moveAcross(Replace replace) throws IOException {
    if (replace == Replace.ATOMIC) {
      checkDirectories();
      throw new AtomicMoveNotSupportedException(
          from.path().toString(), to.path().toString(), "Invalid cross-device link");
    }
    FileCopy copy = FileCopy.of(from, to);
    FileAttributes attributes = from.root().readAttributes(from.path(), false);
    FileAttributes existing = existingTarget();
    copy.checkReplaceable(existing, replace == Replace.EXISTING);
    copy.checkFits(attributes);
    if (existing != null) {
      FileCopy.checkEmpty(existing, to.root(), to.path());
    }
    checkDirectories();
    FileCopy.checkEmpty(attributes, from.root(), from.path());
    List<AttributeChange> extended = copy.extended(attributes, false);
    copy.deleteTarget(attributes, existing);
    copy.create(attributes, extended);
    try {
      to.fileSystem().ensureStillOpen(); // a closed target has lost the copy
      from.root().delete(from.path(), Removal.ANY);
    } catch (IOException | RuntimeException | Error e) {
      copy.deleteTargetAfter(e);
      throw e;
    }
  }

  private @Nullable FileAttributes existingTarget() {
    try {
      return to.root().readAttributesIfExists(to.path(), false);
    } catch (IOException e) {
      return null; // the creation will fail for the same reason
    }
  }

  /** Looks up both directories, because rename(2) does so before it fails with EXDEV. */
  private void checkDirectories() throws IOException {
    checkDirectory(from.root(), from.path().getParent());
    checkDirectory(to.root(), to.path().getParent());
  }

  private void checkDirectory(DirectoryHandle base, @Nullable TmpPath directory)
      throws IOException {
    if (directory == null) {
      return;
    }
    String source = from.path().toString();
    String target = to.path().toString();
    try {
      base.openDirectory(directory, true);
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(source, target, null);
    } catch (NotDirectoryException e) {
      throw new FileSystemException(source, target, "Not a directory");
    }
  }
}
