package io.github.niotmp.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.internal.search.UserDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight owners at a time, in two processes, and three reapers, each a process of its own.
 *
 * <p>{@code -Dniotmp.tck.owners=100000} is the full size; the default is smaller.
 */
class OwnersTest {
  private static final int OWNERS = Integer.getInteger("niotmp.tck.owners", 4_000);

  /** Without its guards the protocol fails many times a round. */
  private static final int ROUNDS_UNGUARDED = 30;

  private static final int OWNERS_A_ROUND = 1_000;

  private static final int REAPERS = 3;
  private static final int OWNER_PROCESSES = 2;
  private static final int OWNERS_AT_A_TIME = 4;

  @TempDir Path parent;
  private final List<Process> processes = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private UserDirectory root;

  @BeforeEach
  void open() throws IOException {
    root = UserDirectory.in(parent);
    root.create();
  }

  @AfterEach
  void endProcesses() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void liveProcessesKeepTheirFilesAndDeadOnesLeaveNone() throws Exception {
    List<String> strange = new ArrayList<>();

    int lost = ownersThatLostSomething(Steps.GUARDED, OWNERS, strange);

    assertThat(lost).isZero();
    assertThat(strange).isEmpty();
    assertThat(Steps.GUARDED.sweep(root)).isEmpty();
    assertThat(root.path()).isEmptyDirectory();
  }

  @Test
  void withoutTheStepsThatGuardThemOwnersDo() throws Exception {
    int lost = 0;
    for (int round = 0; lost == 0 && round < ROUNDS_UNGUARDED; round++) {
      lost = ownersThatLostSomething(Steps.UNGUARDED, OWNERS_A_ROUND, new ArrayList<>());
    }

    assertThat(lost).isPositive();
  }

  private int ownersThatLostSomething(Steps steps, int owners, List<String> strange)
      throws Exception {
    List<Process> reapers = new ArrayList<>();
    for (int i = 0; i < REAPERS; i++) {
      reapers.add(start(ReaperProcess.class, parent.toString(), steps.name()));
    }
    for (Process reaper : reapers) {
      assertThat(reaper.inputReader(UTF_8).readLine()).isEqualTo("ready");
    }
    List<Process> running = new ArrayList<>();
    for (int i = 0; i < OWNER_PROCESSES; i++) {
      running.add(
          start(
              OwnersProcess.class,
              root.path().toString(),
              steps.name(),
              String.valueOf(owners / OWNER_PROCESSES),
              String.valueOf(OWNERS_AT_A_TIME)));
    }
    int lost = 0;
    for (Process process : running) {
      String[] counts = Objects.requireNonNull(process.inputReader(UTF_8).readLine()).split(" ", 2);
      assertThat(Integer.parseInt(counts[0])).isEqualTo(owners / OWNER_PROCESSES);
      lost += Integer.parseInt(counts[1]);
    }
    for (Process reaper : reapers) {
      reaper.outputWriter(UTF_8).append('.').flush();
      try (BufferedReader out = reaper.inputReader(UTF_8)) {
        strange.addAll(out.lines().toList());
      }
      assertThat(reaper.waitFor()).isZero();
    }
    return lost;
  }

  private Process start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    processes.add(process);
    return process;
  }
}
