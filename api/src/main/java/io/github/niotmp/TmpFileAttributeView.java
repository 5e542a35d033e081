package io.github.niotmp;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;

/**
 * The {@code tmp} view of a file of a {@code tmp:} file system: reports where its bytes are stored,
 * and moves them.
 *
 * <pre>{@code
 * Path report = Files.writeString(Path.of(URI.create("tmp:/view.txt")), "text");
 * TmpFileAttributeView view = Files.getFileAttributeView(report, TmpFileAttributeView.class);
 * view.setSpoolThreshold(64 << 20); // or Files.setAttribute(report, "tmp:spoolThreshold", 64L << 20)
 * Path real = view.hostPath();      // for another program
 * Files.writeString(real, "other text");
 * Files.readString(report);         // "other text"
 * Files.delete(report);             // and the real file with it
 * Files.exists(real);               // false
 * }</pre>
 *
 * <p>Each method looks up the path again. If the file does not exist, it throws the exception that
 * {@link java.nio.file.Files#readAttributes(Path, Class, java.nio.file.LinkOption...)} throws. Safe
 * for use by any number of threads.
 *
 * <p>Only the provider implements this interface; users must not, as a later version may add
 * methods.
 *
 * <h2>Security</h2>
 *
 * <p>The spill file on the host has mode 0600 and no name. {@link #hostPath()} gives it a random
 * name in a private directory, and the permissions of the file. Of the file's own name only
 * letters, digits and dots at its end reach the host.
 */
public interface TmpFileAttributeView extends BasicFileAttributeView {

  /**
   * Returns the name of the view.
   *
   * @return {@code "tmp"}
   */
  @Override
  String name();

  /**
   * Reads the attributes in one step.
   *
   * @return the attributes
   * @throws IOException if the file does not exist or cannot be accessed
   */
  @Override
  TmpFileAttributes readAttributes() throws IOException;

  /**
   * Sets how many bytes this file may hold in memory. A larger file rolls over at once; a
   * rolled-over file stays on the disk until it is truncated to 0 bytes. By name: {@code
   * tmp:spoolThreshold}, a {@link Long}, also when a file is created.
   *
   * <pre>{@code
   * Files.getFileAttributeView(file.path(), TmpFileAttributeView.class)
   *     .setSpoolThreshold(64 << 10);
   * Files.getAttribute(file.path(), "tmp:spoolThreshold"); // 65536
   * }</pre>
   *
   * @param bytes 0 or more; {@link Long#MAX_VALUE} leaves the limit to the memory budget
   * @throws IllegalArgumentException if {@code bytes} is negative
   * @throws IOException if this is not a regular file, it may not be written, or the disk refuses;
   *     the file is unchanged
   */
  void setSpoolThreshold(long bytes) throws IOException;

  /**
   * Sets the largest size of this file. The smaller of this limit and the {@link
   * TmpSettings#MAX_FILE_SIZE} of the file system applies. A write, an append or a mapping that
   * would make the file larger throws {@link TmpLimitException} and leaves the file unchanged. A
   * file that is already larger keeps its bytes, which can be read, overwritten and truncated. By
   * name: {@code tmp:maxFileSize}, a {@link Long}, also when a file is created.
   *
   * <p>The limit belongs to the file, not to its name: it moves with the file, and a file that
   * replaces this one, or a copy, has the limit of its file system. It does not limit a program
   * that writes to {@link #hostPath()}.
   *
   * <pre>{@code
   * Files.getFileAttributeView(file.path(), TmpFileAttributeView.class)
   *     .setMaxFileSize(10 << 20);
   * Files.getAttribute(file.path(), "tmp:maxFileSize"); // 10485760
   * }</pre>
   *
   * @param bytes 0 or more; {@link Long#MAX_VALUE} leaves the limit to the file system
   * @throws IllegalArgumentException if {@code bytes} is negative
   * @throws IOException if this is not a regular file, or it may not be written; the file is
   *     unchanged
   * @throws UnsupportedOperationException if the file system was opened with {@code storage=host}
   */
  void setMaxFileSize(long bytes) throws IOException;

  /**
   * Moves the file to a spill file now, if it has not rolled over. Open handles continue to work.
   * By name: {@code tmp:rolledOver}, {@code true}.
   *
   * <pre>{@code
   * Files.getFileAttributeView(file.path(), TmpFileAttributeView.class).rollOver();
   * Files.getAttribute(file.path(), "tmp:storage"); // DISK
   * }</pre>
   *
   * @throws IOException if this is not a regular file, it may not be written, or the disk refuses;
   *     the file is unchanged
   */
  void rollOver() throws IOException;

  /**
   * Returns the path of a real file with the bytes of this file, for a subprocess or an API that
   * takes a {@link java.io.File}. The first call creates the real file, in a private directory of
   * mode 0700; each side sees the writes of the other. It is removed with this file: when the last
   * name is deleted and the last handle closed, or when the file system closes. Files that other
   * programs create beside it are removed with the last real file of the process.
   *
   * <p><b>Name.</b> The name is random and ends with the last extensions of this file's name, such
   * as {@code .csv} or {@code .tar.gz}, because many programs derive the format from them: as many
   * as consist of ASCII letters, digits and dots and fit into 32 characters. No other part of the
   * name reaches the host. Each call returns the same path, so that a later rename of this file
   * does not change the suffix. A handle of a file without a name uses the name by which it was
   * opened.
   *
   * <p><b>Permissions.</b> The real file has the permissions of this file, and {@code chmod} on one
   * side shows on the other. Set-id and sticky bits are not set on the real file. An executable
   * script can be run by the path: from this call to the next write on this side, and always while
   * any execute bit is set, this process does not have the file open for writing, because Linux
   * would then fail with "Text file busy" (ETXTBSY). A writable mapping keeps it open for writing.
   *
   * <p><b>Replaced files.</b> A program may replace the real file by a new one, as {@code sed -i}
   * and many editors do. The next use of this file, by any path or open handle, switches to the new
   * file. If a program removes the real file, reads and writes continue on the inode that this
   * process has open, and the next call of this method creates a real file with these bytes: at the
   * same path, or at another one if the private directory was removed too. The close of the file
   * then neither fails nor creates a file; a real file that a program moved stays where it is.
   * Mappings stay on the replaced or removed file. A symbolic link, a directory, a special file or
   * another user's file at the path is never followed or opened: reads, writes and this method
   * throw, and continue with the earlier bytes once it is removed.
   *
   * <p>Concurrent writes of both sides to the same range, and concurrent appends, have no defined
   * order. The bytes that other programs write count towards the {@code maxSize} of the file
   * system, but no limit refuses them. After SIGKILL the real file stays until the next process
   * that uses the same temporary directory removes it.
   *
   * <p>A file that was mapped before the first call cannot get a real file, because its mappings
   * would not show later writes: call this method before mapping.
   *
   * <pre>{@code
   * Files.writeString(file.path(), "a cat");
   * Path real = Files.getFileAttributeView(file.path(), TmpFileAttributeView.class).hostPath();
   * new ProcessBuilder("sed", "-i", "s/c/h/", real.toString()).start().waitFor();
   * String text = Files.readString(file.path()); // "a hat"
   * }</pre>
   *
   * @return an absolute path on the default file system, the same at each call unless the private
   *     directory was removed
   * @throws IOException if this is not a regular file, this process may not read and write it, it
   *     was mapped before the first call, the file at the path is not a regular file of this user,
   *     or the disk refuses; the bytes are unchanged
   * @throws UnsupportedOperationException if the file system spills to a directory that is not on
   *     the default file system
   */
  Path hostPath() throws IOException;
}
