package io.github.niotmp.junit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in a process of its own, which may end in the middle of its test. */
final class KilledRun {
  static final String LEAVE = "leave";
  static final String RETURN = "return";

  private KilledRun() {}

  static class Leaves {
    @Test
    void leave(@TempDir(factory = TmpTempDirFactory.class) File directory) throws IOException {
      FileTargetTest.useAndLeave(directory);
      System.out.println(directory);
      System.out.flush();
      Runtime.getRuntime().halt(1);
    }
  }

  static class Returns {
    @Test
    void use(@TempDir(factory = TmpTempDirFactory.class) File directory) throws IOException {
      FileTargetTest.useAndLeave(directory);
    }
  }

  static Process start(Path temporary, String task) throws IOException {
    return new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            KilledRun.class.getName(),
            task)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Ends with the status 1, or prints that it returned. */
  public static void main(String[] arguments) {
    boolean leave = List.of(arguments).contains(LEAVE);
    Runs.allSucceed(Runs.run(leave ? Leaves.class : Returns.class, Map.of()), 1);
    System.out.println("returned");
  }
}
