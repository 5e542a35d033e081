package io.github.niotmp.volume.host;

import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.AttributeChange;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The conversions of failures of the host: to IOExceptions, and to the caller's paths. */
final class HostFailure {
  private HostFailure() {}

  /** Returns the same failure with the path {@code path}. */
  static IOException at(TmpPath path, IOException e) {
    return at(path.toString(), e);
  }

  /** Returns the same failure with the path {@code path}. */
  static IOException at(String path, IOException e) {
    return at(path, "", path, e); // with one path only, the comparison has no effect
  }

  /**
   * Returns the same failure with two of the caller's paths.
   *
   * @param real the path of the host by which {@code e} names {@code path}
   */
  static IOException at(TmpPath path, Path real, TmpPath other, IOException e) {
    return at(path.toString(), real.toString(), other.toString(), e);
  }

  /** A step on the host. */
  @FunctionalInterface
  interface Step<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /**
   * Runs a step and converts its RuntimeExceptions to IOExceptions with {@code path}.
   *
   * @param path a TmpPath or its text
   */
  static <T extends @Nullable Object> T checked(Object path, Step<T> step) throws IOException {
    try {
      return optional(path, step);
    } catch (UnsupportedOperationException e) {
      throw of(path, e);
    }
  }

  /**
   * Runs a step and converts its RuntimeExceptions to IOExceptions with {@code path}, except an
   * {@link UnsupportedOperationException}.
   *
   * @param path a TmpPath or its text
   */
  static <T extends @Nullable Object> T optional(Object path, Step<T> step) throws IOException {
    try {
      return step.run();
    } catch (DirectoryIteratorException e) {
      throw Objects.requireNonNull(e.getCause());
    } catch (ReadOnlyFileSystemException e) { // is an UnsupportedOperationException, too
      throw of(path, e);
    } catch (UnsupportedOperationException e) {
      throw e;
    } catch (RuntimeException e) {
      throw of(path, e);
    }
  }

  /**
   * Runs a step that sets attributes: as {@link #optional} does if the host may lack one of them,
   * and otherwise as {@link #checked} does. If the step sets an owner, a {@link
   * ProviderMismatchException} passes too: it means that the owner is of another provider.
   *
   * @param path a TmpPath or its text
   */
  static <T extends @Nullable Object> T setting(
      List<AttributeChange> attributes, Object path, Step<T> step) throws IOException {
    if (attributes.stream().allMatch(AttributeChange.Times.class::isInstance)) {
      return checked(path, step);
    }
    try {
      return optional(path, step);
    } catch (FileSystemException e) {
      if (e.getCause() instanceof ProviderMismatchException mismatch
          && attributes.stream().anyMatch(AttributeChange.Owner.class::isInstance)) {
        throw mismatch;
      }
      throw e;
    }
  }

  private static FileSystemException of(Object path, RuntimeException e) {
    FileSystemException named = new FileSystemException(path.toString(), null, reason(e));
    named.initCause(e);
    return named;
  }

  private static String reason(RuntimeException e) {
    if (e instanceof ClosedFileSystemException) {
      return "The file system that has the directory is closed";
    }
    return words(e.getCause() instanceof IOException wrapped ? wrapped : e);
  }

  /** Returns the reason without the path. */
  static String words(Throwable told) {
    if (told instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    return told.getMessage() == null ? told.toString() : told.getMessage();
  }

  private static IOException at(String path, String real, String other, IOException e) {
    if (e instanceof ClosedChannelException || e.getCause() instanceof OutOfMemoryError) {
      return e; // callers recognise the message "Map failed"
    }
    if (!(e instanceof FileSystemException failure)) {
      FileSystemException named = new FileSystemException(path, null, e.getMessage());
      named.initCause(e);
      return named;
    }
    if (failure.getFile() == null) {
      return e;
    }
    boolean ofOther = !failure.getFile().equals(real);
    String file = ofOther ? other : path;
    String second = failure.getOtherFile() == null ? null : ofOther ? path : other;
    FileSystemException told = like(failure, file, second);
    if (told == failure) {
      return e;
    }
    told.setStackTrace(e.getStackTrace());
    if (e.getCause() != null) {
      told.initCause(e.getCause());
    }
    for (Throwable suppressed : e.getSuppressed()) {
      told.addSuppressed(suppressed);
    }
    return told;
  }

  private static FileSystemException like(
      FileSystemException e, String file, @Nullable String other) {
    String reason = e.getReason();
    if (e instanceof NoSuchFileException) {
      return new NoSuchFileException(file, other, reason);
    }
    if (e instanceof FileAlreadyExistsException) {
      return new FileAlreadyExistsException(file, other, reason);
    }
    if (e instanceof AccessDeniedException) {
      return new AccessDeniedException(file, other, reason);
    }
    if (e instanceof DirectoryNotEmptyException) {
      return new DirectoryNotEmptyException(file);
    }
    if (e instanceof NotDirectoryException) {
      return new NotDirectoryException(file);
    }
    if (e instanceof NotLinkException) {
      return new NotLinkException(file, other, reason);
    }
    if (e instanceof AtomicMoveNotSupportedException) {
      return new AtomicMoveNotSupportedException(file, other, reason);
    }
    return e.getClass() == FileSystemException.class
        ? new FileSystemException(file, other, reason)
        : e;
  }
}
