package io.github.niotmp.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.command.ForkedCommand.Result;
import io.github.niotmp.internal.search.UserDirectory;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own, where the environment and the mounts are the test's. */
class ForkedCommandTest {
  @TempDir Path host;
  @TempDir Path elsewhere;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private ForkedCommand forked;

  @BeforeEach
  void logElsewhere() {
    forked = new ForkedCommand(host, elsewhere.resolve("log"));
  }

  @Test
  void theDoctorLooksAtTheDirectoryThatAVariableNames() throws Exception {
    Result result = forked.run("doctor");

    assertThat(result.out())
        .contains("directory    " + host + " (TMPDIR), the first usable")
        .doesNotContain("\u001b")
        .endsWith("All is well." + System.lineSeparator());
    assertThat(result.errors()).isEmpty();
    assertThat(result.status()).isZero();
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void theDoctorTellsWhyACandidateIsNotTaken() throws Exception {
    Path missing = host.resolve("missing");

    Result result =
        forked.run(Map.of("TMPDIR", missing.toString(), "TEMP", host.toString()), "doctor");

    assertThat(result.out())
        .contains("not usable   " + missing + " (TMPDIR): ")
        .contains("directory    " + host + " (TEMP), the first usable")
        .endsWith("Usable, with limits: TMPDIR is not used: " + missing + System.lineSeparator());
    assertThat(result.status()).isZero();
  }

  @Test
  void theDoctorNamesTheRemedyIfNoDirectoryCanBeUsed() throws Exception {
    forked.needsMounts();
    String readOnly = // but for the project, where what is measured goes
        "set -e; for d in /tmp /var/tmp \"$TMPDIR\" \"${PWD%/*}\"; do"
            + " if [ -d \"$d\" ]; then mount --bind \"$d\" \"$d\"; fi; done;"
            + " for d in /tmp /var/tmp \"$TMPDIR\"; do"
            + " if [ -d \"$d\" ]; then mount -o remount,bind,ro \"$d\"; fi; done;"
            + " cd /proc; exec \"$@\"";

    Result result = forked.runWithin(readOnly, "doctor");

    assertThat(result.out())
        .contains("not usable   " + host + " (TMPDIR): ")
        .contains("not usable   /proc (the working directory): ")
        .contains("directory    PROBLEM: no usable temporary directory; set TMPDIR")
        .endsWith(
            "1 problem: no usable temporary directory; set TMPDIR or -Djava.io.tmpdir"
                + System.lineSeparator());
    assertThat(result.status()).isEqualTo(1);
  }

  @Test
  void theDoctorNamesTheSessionsOfTheDirectory() throws Exception {
    try (FileSystem tmp = TmpFileSystems.open(Map.of("directory", host))) {
      Path file = Files.createFile(tmp.getPath("/file"));
      Path session = hostPath(file).resolveSibling("");

      Result result = forked.run("doctor");

      assertThat(result.out())
          .contains(session.resolveSibling("") + ": in use, private to this user")
          .contains("sessions     1 alive, 0 to reclaim, 0 left alone")
          .contains("             alive " + session + ": ");
      assertThat(result.status()).isZero();
    }
  }

  private static Path hostPath(Path file) throws IOException {
    return Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath();
  }

  @Test
  void theDoctorFindsAPlantedRoot() throws Exception {
    Files.createSymbolicLink(UserDirectory.in(host).path(), elsewhere);

    Result result = forked.run("doctor", host.toString());

    assertThat(result.out())
        .contains("permissions  PROBLEM: ")
        .contains("sessions     not tested: see permissions")
        .contains("1 problem: ")
        .contains("spill        written and read")
        .contains("It is a symbolic link");
    assertThat(result.status()).isEqualTo(1);
    assertThat(elsewhere).isDirectoryNotContaining("glob:**s-*");
  }

  @Test
  void aSweepRefusesAPlantedRoot() throws Exception {
    Files.createSymbolicLink(UserDirectory.in(host).path(), elsewhere);
    Path canary = Files.createFile(elsewhere.resolve("spill-canary"));

    Result result = forked.run("sweep");

    assertThat(result.errors()).contains("It is a symbolic link").contains("TMPDIR");
    assertThat(result.status()).isEqualTo(1);
    assertThat(canary).exists();
  }

  @Test
  void aSweepNamesTheEntriesThatItLeaves() throws Exception {
    UserDirectory root = UserDirectory.in(host);
    root.create();
    Path stranger = Files.createFile(root.path().resolve("stranger"));

    Result result = forked.run("sweep");

    assertThat(result.out().lines())
        .containsExactly(
            "left " + stranger + ": nio-tmp makes no such names; move it elsewhere, or delete it");
    assertThat(result.status()).isZero();
    assertThat(stranger).exists();
  }

  @Test
  void aSweepOfAnEmptyDirectoryFindsNoEntry() throws Exception {
    Result result = forked.run(Map.of("TMPDIR", elsewhere.toString()), "sweep", host.toString());

    assertThat(result.out()).startsWith("nothing in " + UserDirectory.in(host).path());
    assertThat(result.status()).isZero();
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void aWordThatIsNoPathInTheLocaleIsRefused() throws Exception {
    assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "arguments are ASCII");

    Result result = forked.run(Map.of("LC_ALL", "C"), "doctor", "\u00fc");

    assertThat(result.errors()).contains("is no path").contains("; allowed: nio-tmp doctor");
    assertThat(result.status()).isEqualTo(2);
  }

  @Test
  void anUnknownWordEndsTheProcessWithStatusTwo() throws Exception {
    Result result = forked.run("heal");

    assertThat(result.errors().lines())
        .singleElement()
        .asString()
        .startsWith("nio-tmp: unknown command 'heal'; allowed: doctor, sweep, run");
    assertThat(result.out()).isEmpty();
    assertThat(result.status()).isEqualTo(2);
  }

  @Test
  void aTerminalGetsColoursAndItsWidthUnlessNoColorIsSet() throws Exception {
    forked.needsTerminal();
    Path wide = Files.createDirectory(host.resolve("open"));
    Files.setAttribute(wide, "unix:mode", 0777);

    Result coloured = forked.runInTerminal(60, Map.of(), "doctor", wide.toString());
    Result plain = forked.runInTerminal(60, Map.of("NO_COLOR", "1"), "doctor", wide.toString());

    assertThat(coloured.out()).contains("\u001b[33mLIMIT");
    assertThat(plain.out()).doesNotContain("\u001b").contains("LIMIT: ");
    assertThat(plain.out().lines().map(String::strip))
        .anyMatch(line -> line.endsWith("only files without a name are safe in"))
        .allMatch(line -> line.length() <= 60 || line.indexOf(' ') < 0);
  }
}
