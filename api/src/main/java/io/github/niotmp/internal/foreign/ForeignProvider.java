package io.github.niotmp.internal.foreign;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/**
 * The boundary to foreign providers: all except the default one and that of {@code tmp:}.
 *
 * <p>A foreign provider may throw any {@link RuntimeException}, and may report a false success.
 * This class converts each such failure to an {@link IOException} that names a path and keeps the
 * reason, and checks after a deletion that the name no longer exists. Calls of other providers pass
 * unchanged, without further system calls.
 */
public final class ForeignProvider {
  private ForeignProvider() {}

  /** Calls a provider and returns a result. */
  @FunctionalInterface
  public interface Call<T> {
    /** Makes the call. */
    T run() throws IOException;
  }

  /** Calls a provider. */
  @FunctionalInterface
  public interface Step {
    /** Makes the call. */
    void run() throws IOException;
  }

  /** Says whether a path belongs to a foreign provider. */
  public static boolean isForeign(Path path) {
    return path.getFileSystem() != FileSystems.getDefault()
        && !path.getFileSystem().provider().getScheme().equals("tmp");
  }

  /**
   * Calls the provider of a path.
   *
   * @param path the file or directory that a failure names
   * @throws IOException if the call fails; on a foreign provider it also replaces a {@link
   *     RuntimeException}, which is the cause
   */
  public static <T> T call(Path path, Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (CallerFailure e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (isForeign(path)) {
        throw failure(path, e);
      }
      throw e;
    }
  }

  /**
   * Calls the provider of a path as {@link #call}, except that an {@link
   * UnsupportedOperationException} passes, because the caller documents it. Its subclass {@link
   * ReadOnlyFileSystemException} does not pass.
   *
   * @throws UnsupportedOperationException if the provider throws it
   */
  public static <T> T callIfSupported(Path path, Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (CallerFailure e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      boolean lacks =
          e instanceof UnsupportedOperationException && !(e instanceof ReadOnlyFileSystemException);
      if (!lacks && isForeign(path)) {
        throw failure(path, e);
      }
      throw e;
    }
  }

  /**
   * Calls the provider of a path.
   *
   * @param path the file or directory that a failure names
   * @throws IOException as {@link #call}
   */
  public static void run(Path path, Step step) throws IOException {
    call(
        path,
        () -> {
          step.run();
          return path;
        });
  }

  /**
   * Returns the failure of a foreign provider as an {@link IOException} that names a path.
   *
   * @param failure returned itself if it names a path, or reports an interrupt
   */
  public static IOException failure(Path path, Exception failure) {
    Exception reason = checked(failure);
    if (reason == failure && reason instanceof IOException e && isComplete(e)) {
      return e;
    }
    FileSystemException named = like(reason, path.toString(), words(reason));
    named.initCause(failure);
    return named;
  }

  private static Exception checked(Exception failure) {
    boolean wraps =
        failure instanceof UncheckedIOException || failure instanceof DirectoryIteratorException;
    return wraps && failure.getCause() instanceof IOException cause ? cause : failure;
  }

  private static boolean isComplete(IOException e) {
    return e instanceof FileSystemException named
        ? named.getFile() != null
        : e instanceof AsynchronousCloseException
            || e instanceof InterruptedIOException
            || e instanceof SocketException;
  }

  /**
   * Returns an exception of the same class, for the classes that callers distinguish.
   *
   * @param file the path that it names
   */
  public static FileSystemException like(Exception failure, String file, String reason) {
    if (failure instanceof NoSuchFileException) {
      return new NoSuchFileException(file, null, reason);
    }
    if (failure instanceof FileAlreadyExistsException) {
      return new FileAlreadyExistsException(file, null, reason);
    }
    return failure instanceof AccessDeniedException
        ? new AccessDeniedException(file, null, reason)
        : new FileSystemException(file, null, reason);
  }

  /** Returns the reason of a failure as text; for some exceptions this is only the class name. */
  public static String words(Exception failure) {
    if (failure instanceof FileSystemException named && named.getReason() != null) {
      return named.getReason();
    }
    if (failure instanceof AccessDeniedException) {
      return "Permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "File exists";
    }
    if (failure instanceof UnsupportedOperationException) {
      return "Not supported: " + failure;
    }
    boolean isChecked = failure instanceof IOException;
    return isChecked && failure.getMessage() != null ? failure.getMessage() : failure.toString();
  }

  /**
   * Returns a path as text for messages: its URI, or the path itself if its provider has no URIs.
   */
  public static String text(Path path) {
    try {
      return path.toUri().toString();
    } catch (RuntimeException | Error e) { // no URIs, or only the server knows them
      return path.toString();
    }
  }

  /**
   * Deletes an entry. On a foreign provider it checks the result, because an object store may
   * report the deletion of a directory that keeps its entries.
   *
   * @return whether the entry existed
   * @throws FileSystemException if the entry exists afterwards
   * @throws IOException if the provider refuses the deletion or the check
   */
  public static boolean deleteIfExists(Path path) throws IOException {
    if (!isForeign(path)) {
      return Files.deleteIfExists(path);
    }
    return call(
        path,
        () -> {
          Optional<BasicFileAttributes> found = lookUp(path);
          boolean deleted = Files.deleteIfExists(path);
          if (found.isPresent() && isThere(path, found.get())) {
            throw notDeleted(path);
          }
          return deleted;
        });
  }

  /**
   * Says whether an entry of a foreign provider still exists. Another entry that has since taken
   * its name differs in its file key or its creation time, and does not count.
   *
   * @param found the earlier attributes of the entry
   * @return false on a provider that is not foreign, without a check
   * @throws IOException if the provider refuses the check
   */
  public static boolean isThere(Path path, BasicFileAttributes found) throws IOException {
    if (!isForeign(path)) {
      return false;
    }
    Optional<BasicFileAttributes> now = call(path, () -> lookUp(path));
    return now.isPresent()
        && Objects.equals(now.get().fileKey(), found.fileKey())
        && now.get().creationTime().equals(found.creationTime());
  }

  /** Returns the failure of a deletion that its provider reported as a success. */
  public static FileSystemException notDeleted(Path path) {
    return new FileSystemException(
        path.toString(), null, "Still exists, though its provider reported its deletion");
  }

  /**
   * Says whether an entry exists; follows no link. Unlike {@link Files#exists} it does not return
   * false after a failed check.
   *
   * @throws IOException if the provider refuses the check
   */
  public static boolean exists(Path path) throws IOException {
    return call(path, () -> lookUp(path)).isPresent();
  }

  private static Optional<BasicFileAttributes> lookUp(Path path) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
