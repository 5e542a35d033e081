package io.github.niotmp.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.command.ForkedCommand.Result;
import io.github.niotmp.internal.search.SessionRoot;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void theDoctorTellsWhatIsUsedAndWhyAndLeavesNothing() throws Exception {
    Result result = forked.run("doctor");

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
        forked.run(Map.of("TMPDIR", missing.toString(), "TEMP", host.toString()), "doctor");

    assertThat(result.out())
        .contains("not usable   " + missing + " (TMPDIR): ")
        .contains("directory    " + host + " (TEMP), the first usable");
    assertThat(result.status()).isZero();
  }

  @Test
  void theDoctorTellsWhatToSetWhereNoDirectoryCanBeUsed() throws Exception {
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
        .contains("directory    PROBLEM: there is none; set TMPDIR or -Djava.io.tmpdir")
        .endsWith("Problems: 1" + System.lineSeparator());
    assertThat(result.status()).isEqualTo(1);
  }

  @Test
  void theDoctorTellsThatWhatSpillsToATmpfsStaysInMemory() throws Exception {
    Path memory = Path.of("/dev/shm");
    assumeTrue(
        Files.isDirectory(memory) && Files.getFileStore(memory).type().equals("tmpfs"), "no tmpfs");

    Result result = forked.run("doctor", memory.toString());

    assertThat(result.out())
        .startsWith("directory    " + memory)
        .contains("file system  tmpfs")
        .contains("what spills there stays in memory, or goes to swap");
  }

  @Test
  void theDoctorTellsWhoUsesTheDirectory() throws Exception {
    try (FileSystem tmp = TmpFileSystems.open(Map.of("directory", host))) {
      Path file = Files.createFile(tmp.getPath("/file"));
      Path session = hostPath(file).resolveSibling("");

      Result result = forked.run("doctor");

      assertThat(result.out())
          .contains(session.resolveSibling("") + ": in use, this user's alone")
          .contains("sessions     1 alive, 0 to reclaim, 0 that stay")
          .contains("             alive " + session + ": ");
      assertThat(result.status()).isZero();
    }
  }

  private static Path hostPath(Path file) throws IOException {
    return Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath();
  }

  @Test
  void theDoctorFindsARootThatSomebodyHasPlanted() throws Exception {
    Files.createSymbolicLink(SessionRoot.in(host).path(), elsewhere);

    Result result = forked.run("doctor", host.toString());

    assertThat(result.out())
        .contains("permissions  PROBLEM: ")
        .contains("sessions     PROBLEM: ")
        .contains("spill        written and read")
        .contains("It is a symbolic link");
    assertThat(result.status()).isEqualTo(1);
    assertThat(elsewhere).isDirectoryNotContaining("glob:**s-*");
  }

  @Test
  void aSweepRefusesARootThatSomebodyHasPlanted() throws Exception {
    Files.createSymbolicLink(SessionRoot.in(host).path(), elsewhere);
    Path canary = Files.createFile(elsewhere.resolve("spill-canary"));

    Result result = forked.run("sweep");

    assertThat(result.errors()).contains("It is a symbolic link").contains("TMPDIR");
    assertThat(result.status()).isEqualTo(1);
    assertThat(canary).exists();
  }

  @Test
  void aSweepTellsWhatItLeaves() throws Exception {
    SessionRoot root = SessionRoot.in(host);
    root.create();
    Path stranger = Files.createFile(root.path().resolve("stranger"));

    Result result = forked.run("sweep");

    assertThat(result.out().lines()).containsExactly("left " + stranger + ": not ours");
    assertThat(result.status()).isZero();
    assertThat(stranger).exists();
  }

  @Test
  void aSweepOfNothingFindsNothing() throws Exception {
    Result result = forked.run(Map.of("TMPDIR", elsewhere.toString()), "sweep", host.toString());

    assertThat(result.out()).startsWith("nothing in " + SessionRoot.in(host).path());
    assertThat(result.status()).isZero();
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void whoAsksForHelpIsToldAllCommands() throws Exception {
    Result result = forked.run("--help");

    assertThat(result.out().lines())
        .singleElement()
        .asString()
        .startsWith("nio-tmp doctor [directory] | sweep ");
    assertThat(result.errors()).isEmpty();
    assertThat(result.status()).isZero();
  }

  @Test
  void aWordThatIsNoPathHereIsToldAsSuch() throws Exception {
    assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "arguments are ASCII");

    Result result = forked.run(Map.of("LC_ALL", "C"), "doctor", "\u00fc");

    assertThat(result.errors()).contains("is no path; allowed: doctor [directory]");
    assertThat(result.status()).isEqualTo(2);
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
    Result result = forked.run(words.isEmpty() ? new String[0] : words.split(" ", -1));

    assertThat(result.errors().lines())
        .singleElement()
        .asString()
        .startsWith("nio-tmp: ")
        .contains("allowed: doctor [directory] | sweep [--dry-run] [directory] | run -- command");
    assertThat(result.out()).isEmpty();
    assertThat(result.status()).isEqualTo(2);
  }
}
