package io.github.niotmp.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.internal.search.UserDirectory;
import io.github.niotmp.session.DirectoryLease;
import io.github.niotmp.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NioTmpTest {
  private static final String USAGE =
      "doctor [directory] | sweep [--dry-run] [directory] | run -- command [argument ...]";

  @TempDir Path host;
  private final Console console = new Console();

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private UserDirectory root;

  @BeforeEach
  void use() throws IOException {
    SystemTemp.setDirectory(host);
    root = UserDirectory.in(host);
  }

  @AfterEach
  void useAnotherAgain() throws IOException {
    SystemTemp.setDirectory(null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\" | no command",
        "heal | 'heal' is no command",
        "doctor --all | '--all'",
        "doctor a b | 'b'",
        "sweep --dry | '--dry'",
        "sweep --dry-run --dry-run | '--dry-run'",
        "run | run needs -- and a command",
        "run -- | run needs -- and a command",
        "run true true | run needs -- and a command",
      })
  void whatIsNotAllowedIsAnsweredWithWhatIs(String words, String why) {
    int status = console.run(words.isEmpty() ? new String[0] : words.split(" ", -1));

    assertThat(console.errors()).containsExactly("nio-tmp: " + why + "; allowed: " + USAGE);
    assertThat(console.out()).isEmpty();
    assertThat(status).isEqualTo(2);
  }

  @Test
  void aWordThatIsNoPathIsToldAsSuch() {
    assertThat(console.run("doctor", "\0")).isEqualTo(2);
    assertThat(console.errors()).containsExactly("nio-tmp: '\0' is no path; allowed: " + USAGE);
  }

  @Test
  void helpTellsWhatIsAllowed() {
    assertThat(console.run("--help")).isZero();
    assertThat(console.out()).containsExactly("nio-tmp " + USAGE);
    assertThat(console.errors()).isEmpty();
  }

  @Test
  void aFailureIsToldInOneLineWithWhatItIs() {
    Path missing = host.resolve("two\nlines");

    assertThat(console.run("sweep", missing.toString())).isEqualTo(1);
    assertThat(console.errors()).containsExactly("nio-tmp: NoSuchFile: " + host + "/two lines");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSweepTellsWhatBecomesOfEachEntry(boolean dryRun) throws IOException {
    DirectoryLease place = Session.in(host).forNamed();
    Path session = place.enter();
    Path foreign = Files.createFile(root.path().resolve("foreign"));
    Path dead = Files.createFile(root.path().resolve(UserDirectory.UNLINKED + "dead"));

    int status = dryRun ? console.run("sweep", "--dry-run") : console.run("sweep");

    assertThat(status).isZero();
    assertThat(console.out())
        .containsExactlyInAnyOrder(
            "alive " + session + ": of this process",
            "left " + foreign + ": not ours",
            (dryRun ? "to reclaim " : "reclaimed ")
                + dead
                + ": its process was killed as it created it");
    assertThat(Files.exists(dead)).isEqualTo(dryRun);
    place.leave();
  }

  @Test
  void aSweepOfNothingRemovesTheRootUnlessItIsDry() throws IOException {
    root.create();

    for (String[] words : new String[][] {{"sweep", "--dry-run", host.toString()}, {"sweep"}}) {
      assertThat(root.path()).isDirectory();
      assertThat(console.run(words)).isZero();
      assertThat(console.out()).containsExactly("nothing in " + root.path());
    }
    assertThat(host).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 255})
  void aCommandRunsInADirectoryOfItsOwnAndItsStatusIsOurs(int status) {
    assumeTrue(Files.exists(Path.of("/bin/sh")), "no shell");
    String script =
        "case $TMPDIR in \"$1\"/?*) ;; *) exit 99;; esac;"
            + " test \"$TEMP$TMP\" = \"$TMPDIR$TMPDIR\" && touch \"$TMPDIR/file\" || exit 98; exit ";

    assertThat(console.run("run", "--", "sh", "-c", script + status, "sh", root.path().toString()))
        .isEqualTo(status);
    assertThat(console.errors()).isEmpty();
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void aCommandThatIsNotThereIsToldAndLeavesNothing() {
    assertThat(console.run("run", "--", "no-such-command")).isEqualTo(127);
    assertThat(console.errors()).singleElement().asString().contains("no-such-command");
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void aCommandThatCannotBeExecutedIsToldAndLeavesNothing() throws IOException {
    Path text = Files.writeString(host.resolve("text"), "no program");

    assertThat(console.run("run", "--", text.toString())).isEqualTo(126);
    assertThat(console.errors()).singleElement().asString().contains("Permission denied");
    Files.delete(text);
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void whereNoDirectoryCanBeMadeNoCommandStarts() throws IOException {
    Files.setAttribute(host, "unix:mode", 0777);

    assertThat(console.run("run", "--", "no-such-command")).isEqualTo(1);
    assertThat(console.errors())
        .singleElement()
        .asString()
        .contains("No file can safely have a name there: " + host + ": Any user may replace")
        .contains("TMPDIR");
  }
}
