package io.github.niotmp.tck.fuse;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A mount of sshfs, which talks to the SFTP server of this machine through a pipe. As on other FUSE
 * mounts, an open file that is removed stays in its directory as {@code .fuse_hidden*}.
 */
final class FuseMount implements AutoCloseable {
  private static final List<Path> SERVERS =
      List.of(Path.of("/usr/lib/openssh/sftp-server"), Path.of("/usr/libexec/openssh/sftp-server"));

  private final Path directory;

  private FuseMount(Path directory) {
    this.directory = directory;
  }

  /**
   * Mounts an empty directory. Skips the test, and says why, on a machine that cannot.
   *
   * @param parent an empty directory for all that it needs
   */
  static FuseMount in(Path parent) throws IOException {
    assumeThat(Files.isWritable(Path.of("/dev/fuse"))).as("/dev/fuse can be opened").isTrue();
    Path server = SERVERS.stream().filter(Files::isExecutable).findFirst().orElse(null);
    assumeThat(server).as("a server of SFTP").isNotNull();
    Path remote = Files.createDirectory(parent.resolve("remote"));
    Path directory = Files.createDirectory(parent.resolve("mount"));
    Path command = Files.writeString(parent.resolve("command"), "#!/bin/sh\nexec " + server + "\n");
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    Path log = parent.resolve("log");
    int status =
        run(log, "sshfs", "-o", "ssh_command=" + command, "x:" + remote, directory.toString());
    assumeThat(status).as(() -> "sshfs mounts: " + read(log)).isZero();
    return new FuseMount(directory);
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Returns the status; 127 without the program, as of a shell. */
  private static int run(Path log, String... command) throws IOException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return process.onExit().orTimeout(1, TimeUnit.MINUTES).join().exitValue();
    } catch (IOException e) {
      Files.writeString(log, e.toString());
      return 127;
    }
  }

  Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    Path log = directory.resolveSibling("log");
    if (run(log, "fusermount3", "-u", "-z", directory.toString()) != 0) { // a mapping may be left
      throw new IOException("Not unmounted: " + read(log));
    }
  }
}
