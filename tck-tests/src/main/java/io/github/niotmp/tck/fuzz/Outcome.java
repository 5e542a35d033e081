package io.github.niotmp.tck.fuzz;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What came of an operation, in words that are the same for the same outcome. */
final class Outcome {
  private Outcome() {}

  /** Runs an operation and tells what came of it. */
  static String of(Path root, String name, FuzzedTree.Operation operation) {
    String outcome;
    try {
      outcome = String.valueOf(operation.run());
    } catch (FileSystemException e) {
      FileSystemException told = notToldApart(e);
      outcome = told.getClass().getSimpleName() + " " + told.getMessage();
    } catch (IOException | RuntimeException e) {
      outcome = e.getClass().getSimpleName(); // the words are each provider's own
    }
    return name + ": " + outcome.replace(root.toString(), "ROOT");
  }

  /** Some JDKs after 17 say of a file on the way what all say of nothing there. */
  private static FileSystemException notToldApart(FileSystemException failure) {
    return Runtime.version().feature() > 17 && "Not a directory".equals(failure.getReason())
        ? new NoSuchFileException(failure.getFile(), failure.getOtherFile(), null)
        : failure;
  }
}
