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
 * Files.delete(report);             // and the real file with it
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
 * <p>What rolls over is on the host with mode 0600, and without a name unless {@link #hostPath()}
 * gives it one, which nobody can guess and which is in a private directory.
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
   * }</pre>
   *
   * @throws IOException if this is not a regular file, it may not be written, or the disk refuses;
   *     the file is as it was
   */
  void rollOver() throws IOException;

  /**
   * Returns the file as a real file, for a subprocess or an API that takes a {@link java.io.File}.
   * It is made by the first call, with mode 0600 in a private directory; what is written on either
   * side is seen on the other. It goes with this file: when its last name and its last handle are
   * gone, or its file system closes; what other programs put beside it goes with the last of them.
   *
   * <p>The two are one file as long as it is not replaced: a program that writes a new file in its
   * place, as {@code sed -i} does, has changed another. Writes of both sides to the same place, and
   * appends at the same moment, are in no order. What other programs write counts towards the
   * {@code maxSize} of the file system, but no limit refuses it. After SIGKILL the file stays
   * behind.
   *
   * <p>A file that is mapped can't become a real one any more, as its mappings would not show what
   * is written from then on: ask before mapping.
   *
   * <pre>{@code
   * Path real = Files.getFileAttributeView(file.path(), TmpFileAttributeView.class).hostPath();
   * }</pre>
   *
   * @return an absolute path on the default file system, the same at each call
   * @throws IOException if this is not a regular file, it may not be read and written, it was
   *     mapped before the first call, or the disk refuses; the file is as it was
   * @throws UnsupportedOperationException if the file system spills to a directory that is not on
   *     the default file system
   */
  Path hostPath() throws IOException;
}
