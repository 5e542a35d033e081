package io.github.niotmp.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** The command on JVMs that the test starts. */
@Timeout(120)
class TopTest {
  @TempDir Path directory;
  @TempDir Path logs;

  private final Console console = new Console();
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
            "-XX:TieredStopAtLevel=1");
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
    assertThat(console.out())
        .containsExactly(
            "FILE SYSTEM      FILES  PACKED ON DISK  OPEN     MEMORY   OF       DISK       SIZE"
                + "  ROLLOVERS",
            "tmp://trees/         1       0       1     0    0 bytes    -    2.0 KiB    2.0 KiB"
                + "          0",
            "tmp://uploads/       2       0       1     1    4.9 KiB   5%   48.8 KiB   53.7 KiB"
                + "          1",
            "1 descriptors held for spill files");

    Console narrow = new Console(Ansi.OFF, 60);
    assertThat(narrow.run("top", "--once", "--largest", "2", "--handles", pid)).isZero();
    assertThat(narrow.text().replaceFirst("open for [0-9]+ s", "open for N s").lines())
        .containsExactly(
            "FILE SYSTEM      FILES  OPEN     MEMORY   OF       DISK",
            "tmp://trees/         1     0    0 bytes    -    2.0 KiB",
            "     2.0 KiB HOST /a file",
            "tmp://uploads/       2     1    4.9 KiB   5%   48.8 KiB",
            "    48.8 KiB DISK /large",
            "     4.9 KiB MEMORY /open",
            "  OutputStream on /open, open for N s",
            "1 descriptors held for spill files");

    assertThat(console.run("top", "--settings", pid)).isZero();
    assertThat(console.out()).contains("  spoolThreshold=10000", "  storage=host");
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
            "\"maxSize\": null",
            "\"path\": \"/a file\"",
            "\"name\": \"tmp://uploads/\"",
            "\"directory\": \"" + directory,
            "\"memoryBytes\": 5000",
            "\"kind\": \"OutputStream\"",
            "\"path\": \"/open\"",
            "\"opener\": null",
            "\"size\": 50000");
    Schemas.assertValid("top", console.text());
    console.run("top", "--json", pid);
    Schemas.assertValid("top", console.text());
  }

  @Test
  void aTerminalShowsTheTableInPlaceUntilTheJvmEnds() throws Exception {
    String pid = observed("beans");
    Console terminal = new Console(Ansi.ON, 120);
    FutureTask<Integer> top = new FutureTask<>(() -> terminal.run("top", "--interval", "1", pid));
    Thread thread = new Thread(top);
    thread.start();
    while (terminal.text().split("\u001b\\[H\u001b\\[J", -1).length < 3) {
      Thread.onSpinWait();
    }
    end();

    assertThat(top.get()).isZero();
    thread.join();
    assertThat(terminal.text()).contains("tmp://uploads/");
    assertThat(terminal.out()).last().isEqualTo("process " + pid + " has ended");
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
                + " shows no tmp: file system; it does not use nio-tmp, or its file systems lack"
                + " the setting mxbean=true");
    assertThat(console.out()).isEmpty();

    try {
      assertThat(console.run("top", Long.toString(sleeper.pid()))).isEqualTo(1);
      assertThat(console.errors())
          .containsExactly(
              "nio-tmp: process " + sleeper.pid() + " is no JVM, or one that allows no attachment");
      assertThat(sleeper.isAlive()).isTrue();
    } finally {
      sleeper.destroyForcibly().waitFor();
    }

    end();
    assertThat(console.run("top", Long.toString(gone))).isEqualTo(1);
    assertThat(console.errors()).containsExactly("nio-tmp: no process " + gone);

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
