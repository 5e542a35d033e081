package io.github.niotmp.tck.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.session.SessionRoot;
import io.github.niotmp.tck.command.CommandLine.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NioTmpTest {
  @TempDir Path host;
  @TempDir Path elsewhere;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private CommandLine commandLine;

  @BeforeEach
  void logElsewhere() {
    commandLine = new CommandLine(host, elsewhere.resolve("log"));
  }

  @Test
  void theDoctorTellsWhatIsUsedAndWhyAndLeavesNothing() throws Exception {
    Result result = commandLine.run("doctor");

    assertThat(result.out())
        .contains("directory    " + host + " (TMPDIR), the first usable")
        .contains("file system  " + Files.getFileStore(host).type())
        .contains("permissions  ")
        .contains("descriptors  ")
        .contains("sessions     0 alive, 0 to reclaim, 0 that stay")
        .contains("spill        written and read without a name, and gone")
        .endsWith("All is well." + System.lineSeparator());
    assertThat(result.status()).isZero();
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void theDoctorTellsWhyACandidateIsNotTaken() throws Exception {
    Path missing = host.resolve("missing");

    Result result =
        commandLine.run(Map.of("TMPDIR", missing.toString(), "TEMP", host.toString()), "doctor");

    assertThat(result.out())
        .contains("not usable   " + missing + " (TMPDIR): ")
        .contains("directory    " + host + " (TEMP), the first usable");
    assertThat(result.status()).isZero();
  }

  @Test
  void theDoctorFindsARootThatSomebodyHasPlanted() throws Exception {
    Files.createSymbolicLink(SessionRoot.in(host).path(), elsewhere);

    Result result = commandLine.run("doctor", host.toString());

    assertThat(result.out())
        .contains("permissions  PROBLEM: ")
        .contains("sessions     PROBLEM: ")
        .contains("spill        PROBLEM: ")
        .contains("It is a symbolic link");
    assertThat(result.status()).isEqualTo(1);
    assertThat(elsewhere).isDirectoryNotContaining("glob:**s-*");
  }

  @Test
  void aSweepRefusesARootThatSomebodyHasPlanted() throws Exception {
    Files.createSymbolicLink(SessionRoot.in(host).path(), elsewhere);
    Path canary = Files.createFile(elsewhere.resolve("spill-canary"));

    Result result = commandLine.run("sweep");

    assertThat(result.errors()).contains("It is a symbolic link").contains("TMPDIR");
    assertThat(result.status()).isEqualTo(1);
    assertThat(canary).exists();
  }

  @Test
  void aSweepOfNothingFindsNothing() throws Exception {
    Result result =
        commandLine.run(Map.of("TMPDIR", elsewhere.toString()), "sweep", host.toString());

    assertThat(result.out()).startsWith("nothing in " + SessionRoot.in(host).path());
    assertThat(result.status()).isZero();
    assertThat(host).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "heal",
        "doctor --all",
        "doctor a b",
        "sweep --dry",
        "sweep a b",
        "run",
        "run --",
        "run true",
        "--version",
      })
  void whatIsNotAllowedIsAnsweredWithWhatIs(String words) throws Exception {
    Result result = commandLine.run(words.isEmpty() ? new String[0] : words.split(" ", -1));

    assertThat(result.errors().lines())
        .singleElement()
        .asString()
        .startsWith("nio-tmp: ")
        .contains("allowed: doctor [directory] | sweep [--dry-run] [directory] | run -- command");
    assertThat(result.out()).isEmpty();
    assertThat(result.status()).isEqualTo(2);
  }
}
