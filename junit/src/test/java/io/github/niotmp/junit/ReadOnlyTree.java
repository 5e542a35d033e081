package io.github.niotmp.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;

/** A test that leaves a tree its owner may not change; run as somebody else than root. */
final class ReadOnlyTree {
  private ReadOnlyTree() {}

  static class Leaves {
    @Test
    void leave(@TempDir(factory = TmpTempDirFactory.class) Path directory) throws IOException {
      Path inner = Files.createDirectories(directory.resolve("a/b"));
      Files.createFile(inner.resolve("f"));
      for (Path each : List.of(inner, directory.resolve("a"), directory)) {
        Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("---------"));
      }
      if (Files.isReadable(directory)) {
        throw new IllegalStateException("permissions do not bind: run by root?");
      }
    }
  }

  /** Runs the test and prints what failed, or a word if nothing did. */
  public static void main(String[] arguments) {
    List<Throwable> failures =
        TmpTempDirFactoryTest.failures(
            EngineTestKit.engine("junit-jupiter").selectors(selectClass(Leaves.class)).execute());
    System.out.println(failures.isEmpty() ? "deleted" : failures);
  }
}
