package io.github.niotmp.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

/** The command on JVMs that the test starts. */
@Timeout(120)
class TopTest {
  /** The bit of SIGINT in a mask of signals. */
  private static final long SIGINT = 1 << 1;

  @TempDir Path directory;
  @TempDir Path logs;

  private final Console console = new Console();
  private Console terminal = console;
  private final List<Process> started = new java.util.ArrayList<>();

  @AfterEach
  void end() throws Exception {
    for (Process process : started) {
      process.getOutputStream().close();
      process.waitFor();
    }
  }

  private String observed(String kind, String... options) throws IOException {
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dio.github.niotmp.memoryBudget=128MiB");
    program.command().addAll(List.of(options));
    program
        .command()
        .addAll(
            List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Observed.class.getName(),
                directory.toString(),
                kind));
    Process process = program.redirectError(logs.resolve("errors").toFile()).start();
    started.add(process);
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    return Long.toString(process.pid());
  }

  @Test
  void anOutputThatIsNoTerminalGetsTheTableOnce() throws Exception {
    String pid = observed("beans");

    assertThat(console.run("top", pid)).isZero();
    assertThat(console.errors()).isEmpty();
    assertThat(withoutMemory(console).lines())
        .containsExactly(
            "FILE SYSTEM      FILES  PACKED ON DISK  OPEN     MEMORY   OF       DISK       SIZE"
                + "  ROLLOVERS",
            "tmp://trees/         1       0       1     0    0 bytes    -    2.0 KiB    2.0 KiB"
                + "          0",
            "tmp://uploads/       2       0       1     1    4.9 KiB   5%   48.8 KiB   53.7 KiB"
                + "          1",
            "descriptors for spill files and host paths: 1",
            "memory of the JVM: N KiB of 128.0 MiB",
            "tmp://uploads/: calls refused 1, handles leaked 0");

    Console narrow = new Console(Ansi.OFF, 60);
    assertThat(narrow.run("top", "--once", "--largest", "2", "--handles", pid)).isZero();
    assertThat(withoutMemory(narrow).replaceFirst("open for [0-9]+ s", "open for N s").lines())
        .containsExactly(
            "FILE SYSTEM      FILES  OPEN     MEMORY   OF       DISK",
            "tmp://trees/         1     0    0 bytes    -    2.0 KiB",
            "     2.0 KiB HOST /a file",
            "tmp://uploads/       2     1    4.9 KiB   5%   48.8 KiB",
            "    48.8 KiB DISK /large",
            "     4.9 KiB MEMORY /open",
            "  OutputStream on /open, open for N s",
            "  (the setting trackOpeners=true tells where they were opened)",
            "descriptors for spill files and host paths: 1",
            "memory of the JVM: N KiB of 128.0 MiB",
            "tmp://uploads/: calls refused 1, handles leaked 0");

    Console tiny = new Console(Ansi.OFF, 40);
    assertThat(tiny.run("top", pid)).isZero();
    assertThat(tiny.out()).isEqualTo(narrow.out().stream().filter(this::isOfTable).toList());

    assertThat(console.run("top", "--settings", pid)).isZero();
    assertThat(console.out()).contains("  spoolThreshold=10000", "  storage=host");
    assertThat(console.out())
        .filteredOn(line -> line.startsWith("  files in "))
        .singleElement()
        .satisfies(
            line ->
                assertThat(Path.of(line.substring("  files in ".length())).resolve("a file"))
                    .hasSize(2000));
  }

  /** Returns the output, in which the memory is always {@code N KiB}. */
  private static String withoutMemory(Console console) {
    return console.text().replaceFirst("JVM: [0-9.]+ KiB of", "JVM: N KiB of");
  }

  @Test
  void theAnswerInJsonFollowsItsSchema() throws Exception {
    String pid = observed("beans");

    assertThat(console.run("top", "--json", "--largest", "1", "--handles", pid)).isZero();
    assertThat(console.text())
        .contains("\"pid\": " + pid)
        .containsSubsequence(
            "\"name\": \"tmp://trees/\"",
            "\"storage\": \"host\"",
            "\"hostDirectory\": \"" + directory,
            "\"filesOnHost\": 1",
            "\"names\": 1",
            "\"memoryBudget\": null",
            "\"jvmMemoryBytes\": null",
            "\"jvmMemoryBudget\": null",
            "\"maxSize\": null",
            "\"path\": \"/a file\"",
            "\"name\": \"tmp://uploads/\"",
            "\"directory\": \"" + directory,
            "\"hostDirectory\": null",
            "\"filesOnHost\": 0",
            "\"names\": 2",
            "\"leaks\": 0",
            "\"refusals\": 1",
            "\"memoryBytes\": 5000",
            "\"jvmMemoryBudget\": " + (128 << 20),
            "\"kind\": \"OutputStream\"",
            "\"path\": \"/open\"",
            "\"opener\": null",
            "\"size\": 50000");
    Schemas.assertValid("top", console.text());
    console.run("top", "--json", pid);
    Schemas.assertValid("top", console.text());
  }

  private boolean isOfTable(String line) {
    return !line.startsWith(" ");
  }

  @Test
  void onlyTheLargestFilesInAStorageAreListed() throws Exception {
    String pid = observed("beans");

    assertThat(console.run("top", "--largest", "1", "--in", "memory", pid)).isZero();
    assertThat(console.out().stream().filter(line -> line.startsWith(" ")))
        .containsExactly("     4.9 KiB MEMORY /open");
    assertThat(console.run("top", "--largest", "1", "--in", "PACK", pid)).isZero();
    assertThat(console.out()).allMatch(this::isOfTable);
    assertThat(console.run("top", "1", "--largest", "1", "--in", "RAM")).isEqualTo(2);
    assertThat(console.errors())
        .singleElement()
        .asString()
        .contains("'--in'", "[MEMORY, PACK, DISK, HOST]", "'RAM'");
  }

  @Test
  void aJvmThatTracksOpenersNeedsNoHint() throws Exception {
    String pid = observed("beans", "-Dio.github.niotmp.trackOpeners=true");

    assertThat(console.run("top", "--handles", pid)).isZero();
    assertThat(console.text()).contains("OutputStream on /open").doesNotContain("trackOpeners");
  }

  @Test
  void aTerminalShowsTheTableInPlaceUntilTheJvmEnds() throws Exception {
    String pid = observed("beans");
    List<String> asked = new CopyOnWriteArrayList<>();

    assertThat(inPlace(pid, asked, this::end)).isZero();

    assertThat(terminal.text())
        .startsWith(
            "\u001b[?1049h\u001b[?25l\u001b[?7l"
                + FullScreen.HOME_AND_CLEAR
                + """
                  FILE SYSTEM   FILES  OPEN     MEMORY   OF       D~
                  tmp://tree~       1     0    0 bytes    -    2.0 ~
                  4 more lines; --once prints all""")
        .endsWith(
            "\u001b[?7h\u001b[?25h\u001b[?1049l"
                + "process "
                + pid
                + " has ended"
                + System.lineSeparator());
    assertThat(asked)
        .startsWith("-g", "-icanon -echo susp undef", "size")
        .endsWith("size", "modes");
  }

  @Test
  void aJvmThatIsAliveButFailsHasNotEnded() throws Exception {
    String pid = observed("beans");

    int status =
        inPlace(
            pid,
            new CopyOnWriteArrayList<>(),
            () -> started.get(0).outputWriter().append('h').flush());

    assertThat(status).isEqualTo(1);
    assertThat(terminal.text()).endsWith(FullScreen.LEAVE);
    assertThat(terminal.errors())
        .containsExactly(
            "nio-tmp: the beans cannot be read: Name has an unexpected value of type "
                + Hostile.class);
  }

  /** An action of a test. */
  private interface Action {
    void run() throws Exception;
  }

  /**
   * Shows the table on {@link #terminal}, and acts once it has been refreshed.
   *
   * @param asked gets the arguments of each {@code stty}
   * @return the status
   */
  private int inPlace(String pid, List<String> asked, Action action) throws Exception {
    Terminal.Stty stty =
        words -> {
          asked.add(String.join(" ", words));
          return words[0].equals("size") ? "3 50" : "modes";
        };
    try (PipedOutputStream keys = new PipedOutputStream()) {
      terminal = new Console(Ansi.OFF, 120, new Terminal(new PipedInputStream(keys), stty));
      FutureTask<Integer> top = new FutureTask<>(() -> terminal.run("top", "--interval", "1", pid));
      Thread thread = new Thread(top);
      thread.start();
      while (!top.isDone()
          && terminal.text().split(Pattern.quote(FullScreen.HOME_AND_CLEAR), -1).length < 3) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
      action.run();
      int status = top.get();
      thread.join();
      return status;
    }
  }

  @Test
  void anObjectOfTheObservedJvmIsNotDeserialized() throws Exception {
    String pid = observed("hostile");

    ForkedCommand.Result result = new ForkedCommand(directory, logs.resolve("log")).run("top", pid);

    assertThat(directory.resolve("deserialized")).doesNotExist();
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.errors()).startsWith("nio-tmp: ").contains("REJECTED").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"113, 0", "3, 130"})
  void aKeyEndsTheTableAndTheTerminalIsAsBefore(int key, int status) throws Exception {
    ForkedCommand forked = new ForkedCommand(directory, logs.resolve("log"));
    forked.needsTerminal();
    String pid = observed("beans");

    Process top = forked.startInTerminal(80, Map.of("NO_COLOR", "1"), "top", pid);
    StringBuilder out = new StringBuilder();
    readUntilTable(top, out);
    top.outputWriter().append((char) key).flush();
    top.inputReader().lines().forEach(line -> out.append(line).append('\n'));

    assertThat(top.waitFor()).isEqualTo(status);
    assertThat(out.toString().strip()).startsWith(FullScreen.ENTER).endsWith(FullScreen.LEAVE);
  }

  private static void readUntilTable(Process top, StringBuilder out) throws IOException {
    int next = top.inputReader().read();
    while (next >= 0 && out.indexOf("tmp://uploads/") < 0) {
      out.append((char) next);
      next = top.inputReader().read();
    }
  }

  @Test
  void theKeyQEndsTheTableOfAJvmThatDoesNotAnswer() throws Exception {
    ForkedCommand forked = new ForkedCommand(directory, logs.resolve("log"));
    forked.needsTerminal();
    String pid = observed("beans");

    Process top = forked.startInTerminal(80, Map.of(), "top", "--interval", "1", pid);
    StringBuilder out = new StringBuilder();
    readUntilTable(top, out);
    signal("STOP", pid);
    try {
      top.outputWriter().append('q').flush();
      assertThat(top.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      signal("CONT", pid);
    }
    assertThat(top.exitValue()).isZero();
    top.inputReader().lines().forEach(out::append);
    assertThat(out.toString().strip()).endsWith(FullScreen.LEAVE);
  }

  private static void signal(String name, String pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  @Test
  void anInterruptSparesTheProgramThatRestoresTheTerminal() throws Exception {
    ForkedCommand forked = new ForkedCommand(directory, logs.resolve("log"));
    forked.needsTerminal();
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "no /proc");
    String path = System.getenv("PATH");
    Path calls = logs.resolve("calls");
    Path stty = Files.createDirectory(logs.resolve("bin")).resolve("stty");
    Files.writeString(
        stty,
        """
        #!/bin/sh
        sed -n "s/^SigIgn:[[:space:]]*/$1 /p" /proc/self/status >> %s
        PATH='%s' exec stty "$@"
        """
            .formatted(calls, path));
    Files.setPosixFilePermissions(stty, PosixFilePermissions.fromString("rwx------"));

    Process top =
        forked.startInTerminal(
            80, Map.of("PATH", stty.getParent() + ":" + path), "top", observed("beans"));
    readUntilTable(top, new StringBuilder());
    top.outputWriter().append("\u0003\u0003\u0003").flush();
    top.inputReader().lines().forEach(line -> {});

    assertThat(top.waitFor()).isEqualTo(130);
    List<String> ofTable =
        Files.readAllLines(calls).stream().dropWhile(call -> !call.startsWith("-g ")).toList();
    assertThat(ofTable)
        .hasSizeGreaterThan(3)
        .allMatch(
            call ->
                (Long.parseUnsignedLong(call.substring(call.indexOf(' ') + 1), 16) & SIGINT) != 0);
    assertThat(ofTable.get(ofTable.size() - 1)).contains(":"); // the modes
  }

  @Test
  void aTerminalWithoutControlSequencesGetsTheTableOnce() throws Exception {
    ForkedCommand forked = new ForkedCommand(directory, logs.resolve("log"));
    forked.needsTerminal();

    Process top = forked.startInTerminal(80, Map.of("TERM", "dumb"), "top", observed("beans"));
    top.outputWriter().append('q').flush(); // ends it if it waits for keys

    assertThat(top.inputReader().lines())
        .noneMatch(line -> line.contains("\u001b"))
        .anyMatch(line -> line.startsWith("tmp://uploads/"));
    assertThat(top.waitFor()).isZero();
  }

  @Test
  void aProcessThatCannotBeObservedIsAnsweredInOneLine() throws Exception {
    String plain = observed("plain");
    long gone = started.get(0).pid();
    Process sleeper = new ProcessBuilder("sleep", "60").start();

    assertThat(console.run("top", plain)).isEqualTo(1);
    assertThat(console.errors())
        .containsExactly(
            "nio-tmp: process "
                + plain
                + " shows no tmp: file system; it has opened none yet, or those that it has opened"
                + " lack the setting mxbean=true");
    assertThat(console.out()).isEmpty();

    try {
      assertThat(console.run("top", Long.toString(sleeper.pid()))).isEqualTo(1);
      assertThat(console.errors())
          .containsExactly(
              "nio-tmp: process "
                  + sleeper.pid()
                  + " is no JVM, or one that allows no attachment; 'jps -l' lists the JVMs of this"
                  + " user");
      assertThat(sleeper.isAlive()).isTrue();
    } finally {
      sleeper.destroyForcibly().waitFor();
    }

    end();
    assertThat(console.run("top", Long.toString(gone))).isEqualTo(1);
    assertThat(console.errors())
        .containsExactly("nio-tmp: no process " + gone + "; 'jps -l' lists the JVMs of this user");

    assertThat(console.run("top", "my-server")).isEqualTo(2);
    assertThat(console.errors()).singleElement().asString().contains("'my-server'");

    String self = Long.toString(ProcessHandle.current().pid());
    assertThat(console.run("top", self)).isEqualTo(1);
    assertThat(console.errors())
        .singleElement()
        .asString()
        .startsWith("nio-tmp: cannot attach to process " + self + ": ");
  }

  @Test
  void aJvmThatAllowsNoAttachmentIsAnsweredWithTheOption() throws Exception {
    String pid = observed("beans", "-XX:+DisableAttachMechanism");

    assertThat(console.run("top", pid)).isEqualTo(1);
    assertThat(console.errors())
        .singleElement()
        .asString()
        .startsWith("nio-tmp: cannot attach to process " + pid + ": ")
        .endsWith("; a JVM with -XX:+DisableAttachMechanism must start without it");
  }

  @Test
  void aJavaWithoutTheModuleOfAttachmentsStartsAndSaysSo() throws Exception {
    String pid = observed("beans");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules",
                "java.base,java.logging",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "top",
                pid)
            .redirectErrorStream(true)
            .start();

    assertThat(process.inputReader().lines())
        .containsExactly(
            "nio-tmp: this Java has no module jdk.attach or java.management.rmi; run nio-tmp with"
                + " a JDK");
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(Files.readString(logs.resolve("errors"))).isEmpty();
  }
}
