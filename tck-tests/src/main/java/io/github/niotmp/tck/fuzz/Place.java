package io.github.niotmp.tck.fuzz;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Where a tree is; what happens there is told in words that are the same for the same outcome. */
record Place(Path root) {

  /** What a step does; returns what it finds, or anything if it only does something. */
  @FunctionalInterface
  interface Operation {
    Object run() throws IOException;
  }

  Path at(String path) {
    return root.resolve(path);
  }

  /** Runs an operation and tells what came of it. */
  String tell(String what, Operation operation) {
    String outcome;
    try {
      outcome = String.valueOf(operation.run());
    } catch (FileSystemException e) {
      FileSystemException told = notToldApart(e);
      outcome = told.getClass().getSimpleName() + " " + told.getMessage();
    } catch (IOException | RuntimeException e) {
      outcome = e.getClass().getSimpleName(); // the words are each provider's own
    }
    return what + ": " + outcome.replace(root.toString(), "ROOT");
  }

  private static FileSystemException notToldApart(FileSystemException failure) {
    String reason = String.valueOf(failure.getReason());
    String file = failure.getFile();
    String other = failure.getOtherFile();
    if (Runtime.version().feature() > 17 && reason.equals("Not a directory")) {
      return new NoSuchFileException(file, other, null); // which 17 says of a file on the way too
    }
    return reason.endsWith(": Permission denied")
        ? new AccessDeniedException(file, other, null)
        : failure;
  }

  /** Returns how many bytes there are, and a number that differs for others. */
  static String digest(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, bytes.length);
    return bytes.length + " bytes " + Long.toHexString(sum.getValue());
  }
}
