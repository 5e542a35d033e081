package io.github.niotmp.volume.spooled;

import io.github.niotmp.content.FileContent;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.tree.Access;
import io.github.niotmp.tree.Node;
import io.github.niotmp.tree.RegularFile;
import io.github.niotmp.tree.SymbolicLink;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * Operations on the content of a node: limits, rollover, path on the host. The parameter {@code
 * path} is for exceptions. They throw {@link ClosedChannelException} if another thread has removed
 * the file.
 */
final class Spooling {
  private Spooling() {}

  static void setThreshold(Node node, long bytes, TmpPath path) throws IOException {
    onContent(
        node,
        path,
        (file, content) -> {
          content.setSpoolThreshold(bytes, path::toString);
          return content;
        });
  }

  static void setMaxFileSize(Node node, long bytes, TmpPath path) throws IOException {
    onContent(
        node,
        path,
        (file, content) -> {
          content.setMaxFileSize(bytes);
          return content;
        });
  }

  static void rollOver(Node node, TmpPath path) throws IOException {
    onContent(
        node,
        path,
        (file, content) -> {
          content.rollOver(path::toString);
          return content;
        });
  }

  /**
   * Returns a path of the host for reading and writing the bytes.
   *
   * @param name the name of the file, from which a new name on the host takes its suffix
   * @param granted the access that was checked already
   */
  static Path hostPath(Node node, String name, TmpPath path, int granted) throws IOException {
    if (node instanceof RegularFile
        && !Access.allowed(node, (Access.READ | Access.WRITE) & ~granted)) {
      throw Errno.ACCESS_DENIED.at(path);
    }
    return onContent(
        node, path, (file, content) -> content.hostPath(HostSuffix.of(name), file, path::toString));
  }

  /** Copies the modification time to the file on the host, for other programs. */
  static void showModified(Node node, TmpPath path) throws IOException {
    show(node, path, (file, content) -> content.showModified(file));
  }

  /** Copies the permissions to the file on the host, for other programs. */
  static void showPermissions(Node node, TmpPath path) throws IOException {
    show(node, path, (file, content) -> content.showPermissions(file));
  }

  private interface Showing {
    void show(RegularFile file, FileContent content) throws IOException;
  }

  private static void show(Node node, TmpPath path, Showing showing) throws IOException {
    FileContent content = node instanceof RegularFile file ? file.content() : null;
    if (content != null) {
      try {
        showing.show((RegularFile) node, content);
      } catch (IOException e) {
        throw failure(e, path);
      }
    }
  }

  /** Adds the path to a failure of the content store, which knows no paths. */
  static IOException failure(IOException e, TmpPath path) {
    if (e instanceof FileSystemException || e instanceof ClosedChannelException) {
      return e;
    }
    FileSystemException named = new FileSystemException(path.toString(), null, e.getMessage());
    named.initCause(e);
    return named;
  }

  private interface Operation<T> {
    T on(RegularFile file, FileContent content) throws IOException;
  }

  @SuppressWarnings("try") // the resource closes the file at the end
  private static <T> T onContent(Node node, TmpPath path, Operation<T> operation)
      throws IOException {
    if (!(node instanceof RegularFile file)) {
      throw (node instanceof SymbolicLink ? Errno.TOO_MANY_LINKS : Errno.IS_A_DIRECTORY).at(path);
    }
    if (!file.open()) {
      throw new ClosedChannelException();
    }
    try (Closeable held = () -> file.close(null)) {
      return operation.on(file, file.contentToWrite());
    } catch (IOException e) {
      throw failure(e, path);
    }
  }
}
