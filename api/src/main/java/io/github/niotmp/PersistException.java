package io.github.niotmp;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * A temporary file could not be given its final name. It hands the temporary file back, open and as
 * it was; the cause says why, as specifically as the file system can.
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
 * <h2>Security</h2>
 *
 * <p>The message holds both paths.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>The temporary file it hands back is still to be closed.
 */
public final class PersistException extends FileSystemException {
  @Serial private static final long serialVersionUID = 1;

  private final transient TempFile tempFile;

  PersistException(TempFile tempFile, Path source, Path target, IOException cause) {
    super(source.toString(), target.toString(), cause.toString());
    this.tempFile = tempFile;
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
   * @return the file that {@code persist} was called on, open; null after serialisation
   */
  public TempFile tempFile() {
    return tempFile;
  }
}
