package io.github.niotmp.tck.fuzz;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The root of a tree. It describes outcomes without its own path and without messages, so that two
 * providers compare.
 *
 * @param documented whether it describes only the part of an outcome that the Javadoc fixes
 */
record Place(Path root, boolean documented) {

  /** The operation of a step; returns its result, or any value if it has none. */
  @FunctionalInterface
  interface Operation {
    Object run() throws IOException;
  }

  Path at(String path) {
    return root.resolve(path);
  }

  /** Runs an operation and describes its outcome. */
  String tell(String what, Operation operation) {
    String outcome;
    try {
      outcome = String.valueOf(operation.run());
    } catch (FileSystemException e) {
      outcome = documented ? "IOException" : notToldApart(e).getClass().getSimpleName();
    } catch (IOException e) {
      outcome = documented ? "IOException" : e.getClass().getSimpleName();
    } catch (RuntimeException e) {
      outcome = e.getClass().getSimpleName();
    }
    return what + ": " + outcome.replace(root.toString(), "ROOT");
  }

  private static FileSystemException notToldApart(FileSystemException failure) {
    String reason = String.valueOf(failure.getReason());
    String file = failure.getFile();
    String other = failure.getOtherFile();
    if (Runtime.version().feature() > 17 && reason.equals("Not a directory")) {
      return new NoSuchFileException(file, other, null); // JDK 17 throws it for such a path too
    }
    return reason.endsWith(": Permission denied")
        ? new AccessDeniedException(file, other, null)
        : failure;
  }

  /** Returns the number of bytes and their CRC-32C. */
  static String digest(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, bytes.length);
    return bytes.length + " bytes " + Long.toHexString(sum.getValue());
  }
}
