package io.github.niotmp.tck.spool;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A tmpfs of the test's own, which can be full, read-only, or what else its options say. */
public final class SmallDisk implements Closeable {
  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  /**
   * Mounts one; skips the test where that is not allowed.
   *
   * @param directory an existing one
   * @param options as mount(8) takes them
   */
  public static SmallDisk mount(Path directory, String options) throws IOException {
    assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "not root");
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString()),
        "no right to mount");
    return new SmallDisk(directory);
  }

  /** Returns where it is mounted. */
  public Path directory() {
    return directory;
  }

  /** Changes the options. */
  void remount(String options) throws IOException {
    require("mount", "-o", "remount," + options, directory.toString());
  }

  @Override
  public void close() throws IOException {
    require("umount", directory.toString());
  }

  private void require(String... command) throws IOException {
    if (!run(command)) {
      throw new FileSystemException(directory.toString(), null, String.join(" ", command));
    }
  }

  private static boolean run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts this thread", e);
    }
  }
}
