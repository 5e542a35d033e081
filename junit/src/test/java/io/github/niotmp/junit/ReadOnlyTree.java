package io.github.niotmp.junit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** Tests that leave a tree its owner may not change; run as another user than root. */
final class ReadOnlyTree {
  private ReadOnlyTree() {}

  static void leaveIn(Path directory) throws IOException {
    Path inner = Files.createDirectories(directory.resolve("a/b"));
    Files.createFile(inner.resolve("f"));
    for (Path each : List.of(inner.resolve("f"), inner, directory.resolve("a"), directory)) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("---------"));
    }
    if (Files.isReadable(directory)) {
      throw new IllegalStateException("permissions do not bind: run by root?");
    }
  }

  static class Leaves {
    @Test
    void leave(@TempDir(factory = TmpTempDirFactory.class) Path directory) throws IOException {
      leaveIn(directory);
    }
  }

  @ExtendWith(TmpTempDirExtension.class)
  static class Extended {
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    @TempDir(factory = TmpTempDirFactory.class)
    static Path shared;

    @SuppressWarnings("NullAway.Init") // JUnit sets it
    @TempDir(factory = TmpTempDirFactory.class)
    Path field;

    @Test
    void leave(@TempDir(factory = TmpTempDirFactory.class) Path parameter) throws IOException {
      leaveIn(shared);
      leaveIn(field);
      leaveIn(parameter);
    }
  }

  static class LeavesFile {
    @Test
    void leave(@TempDir(factory = TmpTempDirFactory.class) File directory) throws IOException {
      leaveIn(directory.toPath());
    }
  }

  @ExtendWith(TmpTempDirExtension.class)
  static class Keeps {
    @Test
    void leave(
        @TempDir(factory = TmpTempDirFactory.class, cleanup = CleanupMode.NEVER) Path directory)
        throws IOException {
      leaveIn(directory);
    }
  }

  static class KeepsFile {
    @Test
    void leave(
        @TempDir(factory = TmpTempDirFactory.class, cleanup = CleanupMode.NEVER) File directory)
        throws IOException {
      leaveIn(directory.toPath());
    }
  }

  /** Runs one of the classes, named first, with the storage named second. */
  public static void main(String[] arguments) throws IOException {
    Class<?> tests =
        switch (arguments[0]) {
          case "Leaves" -> Leaves.class;
          case "Extended" -> Extended.class;
          case "LeavesFile" -> LeavesFile.class;
          case "Keeps" -> Keeps.class;
          case "KeepsFile" -> KeepsFile.class;
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    EngineExecutionResults results =
        Runs.run(tests, Map.of("io.github.niotmp.junit.storage", arguments[1]));
    for (Throwable failure : Runs.failures(results)) {
      System.out.println("failed: " + failure);
    }
    for (String left : Runs.published(results, "io.github.niotmp.junit.leftOut")) {
      System.out.println("left out: " + left);
    }
    for (String kept : Runs.published(results, "io.github.niotmp.junit.kept")) {
      showAndOpen(Path.of(kept));
    }
    System.out.println("end");
  }

  /** Shows the permissions of the tree's directories and file, and gives them back. */
  private static void showAndOpen(Path kept) throws IOException {
    for (String each : List.of("", "a", "a/b", "a/b/f")) {
      Path path = kept.resolve(each);
      System.out.println(
          "kept: "
              + each
              + " "
              + PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }
  }
}
