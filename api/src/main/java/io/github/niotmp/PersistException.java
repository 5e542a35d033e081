package io.github.niotmp;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if a temporary file or directory could not get its final name. It returns the temporary
 * one, open and unchanged; the cause is the file system's most specific exception.
 *
 * <pre>{@code
 * try {
 *   file.persist(target);
 * } catch (PersistException e) {
 *   if (e.getCause() instanceof FileAlreadyExistsException) {
 *     e.tempFile().persist(target.resolveSibling("another name"));
 *   }
 * }
 * }</pre>
 *
 * <p>The message contains both paths.
 *
 * <p>The caller still closes the temporary file or directory.
 */
public final class PersistException extends FileSystemException {
  @Serial private static final long serialVersionUID = 1;

  private final transient @Nullable TempFile tempFile;
  private final transient @Nullable TempDirectory tempDirectory;

  PersistException(TempFile tempFile, Path source, Path target, IOException cause) {
    this(tempFile, null, source, target, cause);
  }

  PersistException(TempDirectory tempDirectory, Path source, Path target, IOException cause) {
    this(null, tempDirectory, source, target, cause);
  }

  private PersistException(
      @Nullable TempFile tempFile,
      @Nullable TempDirectory tempDirectory,
      Path source,
      Path target,
      IOException cause) {
    super(source.toString(), target.toString(), cause.toString());
    this.tempFile = tempFile;
    this.tempDirectory = tempDirectory;
    initCause(cause);
  }

  /**
   * Returns the temporary file.
   *
   * <pre>{@code
   * try {
   *   file.persist(target);
   * } catch (PersistException e) {
   *   e.tempFile().close();
   *   throw e;
   * }
   * }</pre>
   *
   * @return the file that {@code persist} was called on, open
   * @throws IllegalStateException if {@code persist} was called on a directory, or the exception
   *     comes from serialisation
   */
  public TempFile tempFile() {
    if (tempFile == null) {
      throw new IllegalStateException(
          "It holds no TempFile: persist was called on a directory (see tempDirectory()), or it was"
              + " deserialised");
    }
    return tempFile;
  }

  /**
   * Returns the temporary directory.
   *
   * <pre>{@code
   * try {
   *   directory.persist(target);
   * } catch (PersistException e) {
   *   e.tempDirectory().close();
   *   throw e;
   * }
   * }</pre>
   *
   * @return the directory that {@code persist} was called on, open
   * @throws IllegalStateException if {@code persist} was called on a file, or the exception comes
   *     from serialisation
   */
  public TempDirectory tempDirectory() {
    if (tempDirectory == null) {
      throw new IllegalStateException(
          "It holds no TempDirectory: persist was called on a file (see tempFile()), or it was"
              + " deserialised");
    }
    return tempDirectory;
  }
}
