package io.github.niotmp.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a command and of the processes that it has started. */
class RunEndTest {
  @TempDir Path directory;

  private final List<ProcessHandle> processes = new ArrayList<>();

  @AfterEach
  void endAll() {
    processes.forEach(ProcessHandle::destroyForcibly);
  }

  private Process start(String variable, String script) throws IOException {
    assumeTrue(Files.exists(Path.of("/usr/bin/setsid")), "no setsid");
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script);
    builder.environment().put("TMPDIR", variable);
    Process process = builder.start();
    processes.add(process.toHandle());
    return process;
  }

  private ProcessHandle told(BufferedReader out) throws IOException {
    ProcessHandle process = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
    processes.add(process);
    return process;
  }

  @Test
  void processesOfAnotherSessionEndWithTheCommand() throws Exception {
    Process command =
        start(
            directory.toString(),
            "setsid -f sh -c 'echo $$; exec sleep 300'; sleep 300 & echo $!; wait");
    BufferedReader out = command.inputReader(UTF_8);
    ProcessHandle one = told(out);
    ProcessHandle other = told(out);
    Process stranger = start(directory + "-other", "exec sleep 300");

    Run.end(command, directory);

    assertThat(command.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(one.onExit()).succeedsWithin(1, TimeUnit.MINUTES);
    assertThat(other.onExit()).succeedsWithin(1, TimeUnit.MINUTES);
    assertThat(stranger.isAlive()).isTrue();
  }

  @Test
  void aCommandThatHasEndedIsLeftAlone() throws Exception {
    Process command = start(directory.toString(), "exit 0");
    assertThat(command.waitFor(1, TimeUnit.MINUTES)).isTrue();

    Run.end(command, directory);

    assertThat(command.exitValue()).isZero();
  }
}
