package io.github.niotmp;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;

/**
 * The {@code tmp} view of a file of a {@code tmp:} file system: tells where its bytes are, and
 * moves them.
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
 * <p>Each method looks up the path anew, and throws what {@link
 * java.nio.file.Files#readAttributes(Path, Class, java.nio.file.LinkOption...)} throws if there is
 * nothing. Safe for use by any number of threads.
 *
 * <p>Only the provider implements this interface; users must not, as a later version may add
 * methods.
 *
 * <h2>Security</h2>
 *
 * <p>A file that rolls over is on the host with mode 0600 and without a name. {@link #hostPath()}
 * gives it a random name in a private directory, and the permissions of the file. Of the file's own
 * name only letters, digits and dots at its end reach the host.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>A view holds nothing open.
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
   * @throws IOException if there is no such file or it cannot be reached
   */
  @Override
  TmpFileAttributes readAttributes() throws IOException;

  /**
   * Sets how much this file may hold in memory. A file that is larger rolls over at once; one that
   * has rolled over stays on the disk, until it is cut to nothing. By name: {@code
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
   *     the file is as it was
   */
  void setSpoolThreshold(long bytes) throws IOException;

  /**
   * Sets how large this file may become. The smaller of this and the {@link
   * TmpSettings#MAX_FILE_SIZE} of the file system holds. A write, an append or a mapping that would
   * make the file larger throws {@link TmpLimitException}, and the file is as it was. A file that
   * is larger already keeps its bytes; they can be read, overwritten and cut. By name: {@code
   * tmp:maxFileSize}, a {@link Long}, also when a file is created.
   *
   * <p>The limit is one of the file, not of its name: it moves with the file, and a file that
   * replaces this one, or a copy, has the limit of its file system. A program that writes to {@link
   * #hostPath()} is not bound by it.
   *
   * <pre>{@code
   * Files.getFileAttributeView(file.path(), TmpFileAttributeView.class)
   *     .setMaxFileSize(10 << 20);
   * Files.getAttribute(file.path(), "tmp:maxFileSize"); // 10485760
   * }</pre>
   *
   * @param bytes 0 or more; {@link Long#MAX_VALUE} leaves the limit to the file system
   * @throws IllegalArgumentException if {@code bytes} is negative
   * @throws IOException if this is not a regular file, or it may not be written; the file is as it
   *     was
   * @throws UnsupportedOperationException if the file system was opened with {@code storage=host}
   */
  void setMaxFileSize(long bytes) throws IOException;

  /**
   * Moves the file to a spill file now, if it has not rolled over. Nobody who has it open notices.
   * By name: {@code tmp:rolledOver}, {@code true}.
   *
   * <pre>{@code
   * Files.getFileAttributeView(file.path(), TmpFileAttributeView.class).rollOver();
   * Files.getAttribute(file.path(), "tmp:storage"); // DISK
   * }</pre>
   *
   * @throws IOException if this is not a regular file, it may not be written, or the disk refuses;
   *     the file is as it was
   */
  void rollOver() throws IOException;

  /**
   * Returns the file as a real file, for a subprocess or an API that takes a {@link java.io.File}.
   * The first call makes it, in a private directory of mode 0700; bytes written on either side are
   * seen on the other. It goes with this file: when its last name and its last handle are gone, or
   * its file system closes. Files that other programs put beside it go with the last real file of
   * the process.
   *
   * <p><b>Name.</b> The name is random and ends with the last extensions of this file's name, such
   * as {@code .csv} or {@code .tar.gz}, because many programs choose a format by it: as many as
   * consist of ASCII letters, digits and dots and fit into 32 characters. No other part of the name
   * reaches the host. The path stays the same at each call, so that a later rename of this file
   * does not change the suffix. A handle of a file without a name uses the name it was opened by.
   *
   * <p><b>Permissions.</b> The real file has the permissions of this file, and {@code chmod} on one
   * side shows on the other. Set-id and sticky bits stay on this side. A script with the permission
   * to execute can be run by the path: from this call to the next write on this side, and always
   * while any execute bit is set, this process does not have the file open for writing, which Linux
   * would answer with "Text file busy". A writable mapping keeps it open for writing.
   *
   * <p><b>Replaced files.</b> A program may write a new file in the place of the real one, as
   * {@code sed -i} and many editors do. The next use of this file, by any path or open handle, goes
   * over to the new one. If there is none, reads and writes go on with the bytes that this process
   * has open, and the next call of this method makes a real file with these bytes anew: at the same
   * path, or at another one if the private directory is gone as well. Closing the file then neither
   * fails nor makes anything anew; a real file that was moved away stays where it is. Mappings stay
   * mappings of the file that was replaced or removed. If a symbolic link, a directory, a special
   * file or another user's file is in the place, it is never followed or opened: reads, writes and
   * this method throw, and go on with the bytes they had once it is removed.
   *
   * <p>Writes of both sides to the same place, and appends at the same moment, are in no order. The
   * bytes that other programs write count towards the {@code maxSize} of the file system, but no
   * limit refuses them. After SIGKILL the file stays until the next process that uses the same
   * temporary directory removes it.
   *
   * <p>A file that was mapped before the first call can't become a real one, because its mappings
   * would not show later writes: ask before mapping.
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
   * @throws IOException if this is not a regular file, it may not be read and written, it was
   *     mapped before the first call, something that is not a regular file of this user is in the
   *     place of the real file, or the disk refuses; the bytes are as they were
   * @throws UnsupportedOperationException if the file system spills to a directory that is not on
   *     the default file system
   */
  Path hostPath() throws IOException;
}
