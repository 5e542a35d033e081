package io.github.niotmp.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.command.ForkedCommand.Result;
import io.github.niotmp.internal.search.UserDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that run with a temporary directory of their own, and end in all ways there are. */
class RunTest {
  /** Tells its directory and its number, and would last. */
  private static final String LASTING =
      "echo \"$TMPDIR\"; touch \"$TMPDIR/file\"; echo $$; exec sleep 1000";

  @TempDir Path host;
  @TempDir Path logs;
  private final List<ProcessHandle> processes = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private ForkedCommand forked;

  @BeforeEach
  void logElsewhere() {
    assumeTrue(Files.exists(Path.of("/bin/sh")), "no shell");
    forked = new ForkedCommand(host, logs.resolve("log"));
  }

  @AfterEach
  void endProcesses() {
    processes.forEach(ProcessHandle::destroyForcibly);
  }

  @ParameterizedTest
  @CsvSource({"exit 0, 0", "exit 7, 7", "exit 255, 255", "kill -9 $$, 137", "kill -15 $$, 143"})
  void theStatusOfTheCommandIsOurs(String script, int status) throws Exception {
    Result result = forked.run("run", "--", "sh", "-c", "touch $TMPDIR/file; " + script);

    assertThat(result.status()).isEqualTo(status);
    assertThat(result.errors()).isEmpty();
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void itsDirectoryIsEmptyItsOwnersAloneAndGoesWithAllThatIsInIt() throws Exception {
    Result result =
        forked.run(
            "run",
            "--",
            "sh",
            "-c",
            "cd \"$TMPDIR\" && ls -A && stat -c %a . && test $TEMP = $TMPDIR && test $TMP = $TMPDIR"
                + " && mkdir -p a/b && touch a/b/file && chmod 500 a/b a && pwd && cat",
            "sh");

    assertThat(result.status()).isZero();
    List<String> lines = result.out().lines().toList();
    assertThat(lines).hasSize(2).first().isEqualTo("700");
    assertThat(Path.of(lines.get(1))).startsWithRaw(UserDirectory.in(host).path()).doesNotExist();
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void aMissingCommandIsReportedAndLeavesNoFile() throws Exception {
    Result result = forked.run("run", "--", "no-such-command");

    assertThat(result.status()).isEqualTo(127);
    assertThat(result.errors().lines()).singleElement().asString().contains("no-such-command");
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void whereNoDirectoryCanBeMadeTheCommandDoesNotStart() throws Exception {
    Files.setAttribute(host, "unix:mode", 0777);

    Result result = forked.run("run", "--", "sh", "-c", "echo started");

    assertThat(result.errors().lines())
        .singleElement()
        .asString()
        .contains("No file can safely have a name there")
        .contains("TMPDIR");
    assertThat(result.out()).isEmpty();
    assertThat(result.status()).isEqualTo(1);
  }

  @Test
  void aPlantedLinkIsGotRoundAndNamed() throws Exception {
    Path planted = Files.createSymbolicLink(UserDirectory.in(host).path(), logs);

    Result result = forked.run("run", "--", "sh", "-c", "echo \"$TMPDIR\"");

    assertThat(result.errors()).contains(planted + " cannot be used: It is a symbolic link");
    assertThat(result.out()).startsWith(planted + "-");
    assertThat(result.status()).isZero();
    assertThat(host).isDirectoryNotContaining(path -> !path.equals(planted));
  }

  @Test
  void aDirectoryThatCannotBeRemovedIsReported() throws Exception {
    forked.needsMounts();
    String mounts =
        "mkdir \"$TMPDIR/m\" && mount -t tmpfs none \"$TMPDIR/m\" && echo \"$TMPDIR/m\"";

    Result result = forked.runWithin("exec \"$@\"", "run", "--", "sh", "-c", mounts);

    assertThat(result.status()).isZero();
    Path mounted = Path.of(result.out().strip());
    assertThat(result.errors().lines())
        .singleElement()
        .asString()
        .startsWith("nio-tmp: " + mounted.getParent() + ": ");
    assertThat(mounted).isDirectory();
  }

  @ParameterizedTest
  @CsvSource({"HUP, 1", "INT, 2", "TERM, 15"})
  void aSignalEndsTheCommandWithUs(String signal, int number) throws Exception {
    assumeFalse(isIgnored(number), () -> "SIG" + signal + " is ignored here");
    Process ours = forked.start("run", "--", "sh", "-c", LASTING);
    processes.add(ours.toHandle());
    Path directory = Path.of(ours.inputReader(UTF_8).readLine());
    ProcessHandle command = command(ours);
    assertThat(directory).isDirectory();

    new ProcessBuilder("kill", "-" + signal, String.valueOf(ours.pid())).start().waitFor();

    assertThat(ours.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(ours.exitValue()).isEqualTo(128 + number);
    assertThat(command.isAlive()).isFalse();
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void aSignalEndsAProcessThatHasLeftTheSessionOfTheCommand() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/setsid")), "no setsid");
    Process ours =
        forked.start(
            "run", "--", "sh", "-c", "setsid -f sh -c 'echo $$; exec sleep 300'; exec sleep 300");
    processes.add(ours.toHandle());
    long pid = Long.parseLong(ours.inputReader(UTF_8).readLine());
    ProcessHandle left = ProcessHandle.of(pid).orElseThrow();
    processes.add(left);

    ours.destroy();

    assertThat(ours.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(left.onExit()).succeedsWithin(1, TimeUnit.MINUTES);
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void aTerminatedCommandMayRunItsTrap() throws Exception {
    String leaving =
        "trap 'read word; echo told $word; exit 0' TERM; echo begun; while :; do sleep 0.1; done";
    Process ours = forked.start("run", "--", "sh", "-c", leaving);
    processes.add(ours.toHandle());
    BufferedReader out = ours.inputReader(UTF_8);
    assertThat(out.readLine()).isEqualTo("begun");

    ours.outputWriter(UTF_8).append("bye\n").flush();
    ours.toHandle().destroy(); // and keep its streams

    assertThat(out.readLine()).isEqualTo("told bye");
    assertThat(ours.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void aCommandThatIgnoresTheSignalIsKilled() throws Exception {
    Process ours = forked.start("run", "--", "sh", "-c", "trap '' TERM; " + LASTING);
    processes.add(ours.toHandle());
    ours.inputReader(UTF_8).readLine();
    ProcessHandle command = command(ours);

    ours.destroy();

    assertThat(ours.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(command.isAlive()).isFalse();
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void aSweepRemovesTheDirectoryOnlyAfterTheKill() throws Exception {
    Process ours = forked.start("run", "--", "sh", "-c", LASTING);
    processes.add(ours.toHandle());
    Path directory = Path.of(ours.inputReader(UTF_8).readLine());
    ProcessHandle command = command(ours);

    Result alive = forked.run("sweep");
    assertThat(alive.out()).startsWith("alive " + directory.getParent());
    assertThat(directory.resolve("file")).exists();

    ours.destroyForcibly().waitFor();
    command.destroyForcibly();
    Result dryRun = forked.run("sweep", "--dry-run");
    assertThat(dryRun.out()).startsWith("to reclaim " + directory.getParent());
    assertThat(directory.resolve("file")).exists();

    Result swept = forked.run("sweep");
    assertThat(swept.out()).startsWith("reclaimed " + directory.getParent());
    assertThat(List.of(alive, dryRun, swept)).allMatch(result -> result.status() == 0);
    assertThat(host).isEmptyDirectory();
  }

  private ProcessHandle command(Process ours) throws IOException {
    long number = Long.parseLong(ours.inputReader(UTF_8).readLine());
    ProcessHandle command = ProcessHandle.of(number).orElseThrow();
    processes.add(command);
    return command;
  }

  /** A virtual machine goes on ignoring what it was started to ignore. */
  private static boolean isIgnored(int signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.notExists(status)) {
      return false;
    }
    String mask =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow()
            .substring("SigIgn:".length())
            .strip();
    return (Long.parseUnsignedLong(mask, 16) >>> (signal - 1) & 1) != 0;
  }
}
