package io.github.niotmp;

/**
 * An open file of a {@code tmp:} file system; its {@link java.nio.channels.FileChannel}s are such
 * handles. It leads to the {@code tmp} view even if the file has no name any more.
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
 * <p>A handle leads to the file whatever its permissions are by now.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>The channel that a handle is has to be closed; a view of it holds nothing open.
 */
public interface TmpFileHandle {

  /**
   * Returns the {@code tmp} view of the file behind this handle, whatever it is called by now. Its
   * methods throw {@link java.nio.channels.ClosedChannelException} once this handle is closed.
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
