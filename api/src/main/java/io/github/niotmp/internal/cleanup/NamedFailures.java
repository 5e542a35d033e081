package io.github.niotmp.internal.cleanup;

import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The failures of a removal, each with the path that the user knows: an open directory reports only
 * the last name, which may be a random one.
 */
final class NamedFailures {
  private static final int MOST_NAMED = 20;

  private final List<FileSystemException> all = new ArrayList<>();

  void clear() {
    all.clear();
  }

  int count() {
    return all.size();
  }

  /**
   * Adds a failure.
   *
   * @throws ClosedFileSystemException if the failure is one, because each further step would fail
   *     too
   */
  void add(Throwable failure, Path path) {
    if (failure instanceof ClosedFileSystemException closed) {
      throw closed;
    }
    Throwable cause = failure instanceof DirectoryIteratorException ? failure.getCause() : failure;
    all.add(named(cause == null ? failure : cause, path.toString()));
  }

  void add(String reason, Path path) {
    all.add(new FileSystemException(path.toString(), null, reason));
  }

  /**
   * Adds a failure for each of the first 20 entries left in a directory after the removal.
   *
   * @param directory lists the entries left
   * @param namer returns the path that an entry had
   */
  void addLeft(DirectoryStream<Path> directory, UnaryOperator<Path> namer) {
    int named = 0;
    for (Path entry : directory) {
      if (++named > MOST_NAMED) {
        return;
      }
      add("Still exists after its removal", namer.apply(entry));
    }
  }

  /**
   * Throws the failures, if any.
   *
   * @throws FileSystemException if at least one was added; the cause is the first, the others are
   *     suppressed
   */
  void throwFor(Path root) throws FileSystemException {
    if (all.isEmpty()) {
      return;
    }
    FileSystemException first = all.get(0);
    FileSystemException failure =
        new FileSystemException(
            root.toString(), null, all.size() + " entries cannot be removed, such as " + first);
    failure.initCause(first);
    all.subList(1, all.size()).forEach(failure::addSuppressed);
    throw failure;
  }

  private static FileSystemException named(Throwable failure, String path) {
    FileSystemException named;
    if (failure instanceof AccessDeniedException denied) {
      named = new AccessDeniedException(path, null, denied.getReason());
    } else if (failure instanceof DirectoryNotEmptyException) {
      named = new DirectoryNotEmptyException(path);
    } else if (failure instanceof FileSystemException other) {
      String reason = other.getReason();
      named =
          new FileSystemException(
              path, null, reason == null ? other.getClass().getSimpleName() : reason);
    } else {
      named = new FileSystemException(path, null, failure.toString());
      named.initCause(failure);
    }
    named.setStackTrace(failure.getStackTrace());
    for (Throwable each : failure.getSuppressed()) {
      named.addSuppressed(each);
    }
    return named;
  }
}
