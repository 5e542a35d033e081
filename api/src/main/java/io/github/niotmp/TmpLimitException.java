package io.github.niotmp;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.nio.file.FileSystemException;

/**
 * Thrown if a call would exceed a limit of a {@code tmp:} file system: {@link
 * TmpSettings#MAX_SIZE}, {@link TmpSettings#MAX_FILES}, {@link TmpSettings#MAX_FILE_SIZE}, or the
 * memory that names, link targets and user-defined attributes may take ({@link
 * TmpSettings#MEMORY_BUDGET}). A full disk is another {@link FileSystemException}, so a server can
 * answer "413 Content Too Large" to the one and "507 Insufficient Storage" to the other:
 *
 * <pre>{@code
 * int status = 201;
 * try (FileSystem uploads = TmpFileSystems.open(Map.of(TmpSettings.MAX_FILE_SIZE, "64KiB"))) {
 *   Files.copy(request, uploads.getPath("/body")); // of 100,000 bytes
 * } catch (TmpLimitException e) {
 *   status = e.setting().equals(TmpSettings.MAX_FILE_SIZE) ? 413 : 507;
 * }
 * System.out.println(status); // 413
 * }</pre>
 *
 * <p>The call that throws it changes no file. Bytes of earlier calls stay in the file: {@link
 * java.nio.file.Files#copy(java.io.InputStream, java.nio.file.Path, java.nio.file.CopyOption...)
 * Files.copy} and {@link java.nio.file.Files#write(java.nio.file.Path, byte[],
 * java.nio.file.OpenOption...) Files.write} write large contents in several steps, and so does a
 * transfer from a channel that is not a file.
 *
 * <p>The message names the file, the limit and the remedy.
 *
 * <p>The message contains the path of the file, as the caller gave it, and the current usage of the
 * file system.
 */
public final class TmpLimitException extends FileSystemException {
  @Serial private static final long serialVersionUID = 1;

  /** The key of the setting. */
  private final String setting;

  /** The value of the setting. */
  private final long limit;

  /**
   * Creates an exception like those of the provider, for instance to test code that catches it.
   *
   * <pre>{@code
   * FileSystemException tooLarge =
   *     new TmpLimitException("/body", TmpSettings.MAX_FILE_SIZE, 1000, "1500 bytes");
   * System.out.println(tooLarge.getReason()); // maxFileSize 1000 would be exceeded: 1500 bytes
   * }</pre>
   *
   * @param file the path of the file that was to be created or written
   * @param setting the key of the limit, one of {@link TmpSettings}
   * @param limit the limit: bytes, or files for {@link TmpSettings#MAX_FILES}
   * @param detail the usage that would exceed the limit, and the remedy
   */
  public TmpLimitException(String file, String setting, long limit, String detail) {
    super(
        requireNonNull(file, "file"),
        null,
        requireNonNull(setting, "setting")
            + " "
            + limit
            + " would be exceeded: "
            + requireNonNull(detail, "detail"));
    this.setting = setting;
    this.limit = limit;
  }

  /**
   * Returns the key of the limit.
   *
   * <pre>{@code
   * try (TempFile upload = TempFile.of(request, TempOptions.defaults().maxFileSize(1000))) {
   *   upload.persist(target);
   * } catch (TmpLimitException e) {
   *   e.setting(); // "maxFileSize"
   * }
   * }</pre>
   *
   * @return {@link TmpSettings#MAX_SIZE}, {@link TmpSettings#MAX_FILES} or {@link
   *     TmpSettings#MAX_FILE_SIZE}, the latter also for the file's own limit
   */
  public String setting() {
    return setting;
  }

  /**
   * Returns the limit.
   *
   * <pre>{@code
   * try (TempFile upload = TempFile.of(request, TempOptions.defaults().maxFileSize(1000))) {
   *   upload.persist(target);
   * } catch (TmpLimitException e) {
   *   System.err.println("At most " + e.limit() + " bytes"); // At most 1000 bytes
   * }
   * }</pre>
   *
   * @return bytes, or files for {@link TmpSettings#MAX_FILES}; 0 or more
   */
  public long limit() {
    return limit;
  }
}
