package io.github.niotmp;

/**
 * An open file of a {@code tmp:} file system, implemented by its {@link
 * java.nio.channels.FileChannel}s. It returns the {@code tmp} view even if the file has no name any
 * more.
 *
 * <pre>{@code
 * Path scratch = Path.of(URI.create("tmp:/handle.bin"));
 * try (FileChannel channel =
 *     FileChannel.open(scratch, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
 *   Files.delete(scratch);
 *   if (channel instanceof TmpFileHandle handle) {
 *     handle.view().rollOver();
 *     handle.view().readAttributes().storage(); // DISK
 *   }
 * }
 * }</pre>
 *
 * <p>Only the provider implements this interface; users must not, as a later version may add
 * methods.
 *
 * <p>Safe for use by any number of threads.
 *
 * <h2>Security</h2>
 *
 * <p>A handle gives access to the file even if its permissions have changed since it was opened.
 */
public interface TmpFileHandle {

  /**
   * Returns the {@code tmp} view of the file behind this handle, even if it was renamed or deleted.
   * Its methods throw {@link java.nio.channels.ClosedChannelException} once this handle is closed.
   *
   * <pre>{@code
   * TmpFileAttributeView view = ((TmpFileHandle) file.channel()).view();
   * view.readAttributes().storage(); // MEMORY
   * }</pre>
   *
   * @return the view
   */
  TmpFileAttributeView view();
}
