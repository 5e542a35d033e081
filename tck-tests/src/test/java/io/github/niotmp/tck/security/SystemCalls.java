package io.github.niotmp.tck.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.forked.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a process asked the system for, as strace shows it. */
final class SystemCalls {
  private static final Path STRACE = Path.of("/usr/bin/strace");
  private static final String WITH_PATHS =
      "trace=open,openat,creat,mkdir,mkdirat,mknod,mknodat,chmod,fchmod,fchmodat,link,linkat,"
          + "symlink,symlinkat,rename,renameat,renameat2,unlink,unlinkat,rmdir";

  private final List<String> calls;

  private SystemCalls(List<String> calls) {
    this.calls = calls;
  }

  /**
   * Runs {@link MakeAll} under strace; skips the test where that is missing.
   *
   * @param umask in octal
   * @param host where the process is to make its files
   * @param log where strace writes to
   */
  static SystemCalls ofMakingAll(String umask, Path host, Path log) throws Exception {
    assumeTrue(Files.isExecutable(STRACE), "no strace: install the package of that name");
    List<String> command =
        new ArrayList<>(
            List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh", STRACE.toString()));
    command.addAll(List.of("-f", "-y", "-s", "4096", "-e", WITH_PATHS, "-o", log.toString()));
    command.addAll(ForkedJvm.command(MakeAll.class, List.of("-Xmx64m"), host.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    int status = process.waitFor();
    assumeTrue(!output.contains("ptrace"), () -> "strace may not trace here: " + output);
    assertThat(status).as(output).isZero();
    return read(log, host);
  }

  private static SystemCalls read(Path log, Path host) throws IOException {
    try (Stream<String> lines = Files.lines(log, ISO_8859_1)) {
      return new SystemCalls(lines.filter(line -> line.contains(host + "/")).toList());
    }
  }

  /** Returns each call that names something below the host directory. */
  List<String> all() {
    return calls;
  }

  /** Returns those that create a file. */
  List<String> creatingFiles() {
    return calls.stream()
        .filter(call -> call.contains("O_CREAT") || call.contains("mknod"))
        .toList();
  }

  /** Returns those that create a directory. */
  List<String> creatingDirectories() {
    return calls.stream().filter(call -> call.contains("mkdir")).toList();
  }

  /** Returns those that change the mode of what is there already. */
  List<String> changingModes() {
    return calls.stream().filter(call -> call.contains("chmod")).toList();
  }
}
