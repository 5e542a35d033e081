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
 * Moves the bytes of regular files; {@code path} is for exceptions. Of a file that was given up
 * meanwhile there are none: {@link ClosedChannelException}.
 */
final class Spooling {
  private Spooling() {}

  static void setThreshold(Node node, long bytes, TmpPath path) throws IOException {
    onContent(
        node,
        path,
        (file, content) -> {
          content.setSpoolThreshold(bytes);
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
          content.rollOver();
          return content;
        });
  }

  /**
   * Returns where on the host the bytes are, for reading and writing.
   *
   * @param name the name of the file, from which a new name on the host takes its suffix
   * @param granted the access that need not be checked any more
   */
  static Path hostPath(Node node, String name, TmpPath path, int granted) throws IOException {
    if (node instanceof RegularFile
        && !Access.allowed(node, (Access.READ | Access.WRITE) & ~granted)) {
      throw Errno.ACCESS_DENIED.at(path);
    }
    return onContent(node, path, (file, content) -> content.hostPath(HostSuffix.of(name), file));
  }

  /** Lets other programs that see the bytes see when they were changed. */
  static void showModified(Node node, TmpPath path) throws IOException {
    show(node, path, (file, content) -> content.showModified(file));
  }

  /** Lets other programs that see the bytes see the permissions. */
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

  /** Names the file in what its bytes' store says, which knows no names. */
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

  @SuppressWarnings("try") // the resource is there to be closed at the end, whatever happens
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
