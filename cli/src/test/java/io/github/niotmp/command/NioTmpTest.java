package io.github.niotmp.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.internal.search.UserDirectory;
import io.github.niotmp.internal.trust.ProcessUser;
import io.github.niotmp.session.DirectoryLease;
import io.github.niotmp.session.Session;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

class NioTmpTest {
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
      delimiter = '#',
      quoteCharacter = '"',
      value = {
        "\"\" # no command # doctor, sweep, run, top, completion, help, -h, --help, -V, --version",
        "heal # unknown command 'heal' # doctor, sweep, run, top, completion, help, -h, --help, -V,"
            + " --version",
        "--json # unknown option '--json' # doctor, sweep, run, top, completion, help, -h, --help, -V,"
            + " --version",
        "help heal # unknown command 'heal' # doctor, sweep, run, top, completion, help, -h, --help, -V,"
            + " --version",
        "doctor --all # unknown option '--all' # nio-tmp doctor [-h] [--json] [--json-schema]"
            + " [DIRECTORY|URI]",
        "doctor a b # unexpected argument 'b' # nio-tmp doctor [-h] [--json] [--json-schema]"
            + " [DIRECTORY|URI]",
        "sweep --dry # unknown option '--dry' # nio-tmp sweep [-h] [--dry-run] [--json]"
            + " [--json-schema] [DIRECTORY]",
        "sweep --dry-run --dry-run # option '--dry-run' should be specified only once # nio-tmp"
            + " sweep [-h] [--dry-run] [--json] [--json-schema] [DIRECTORY]",
        "top # top needs a process ID # nio-tmp top [-h] [--handles] [--json] [--json-schema]"
            + " [--once] [--settings] [--in=STORAGE] [--interval=SECONDS] [--largest=N] [PID]",
        "top 0 # top needs a process ID # nio-tmp top [-h] [--handles] [--json] [--json-schema]"
            + " [--once] [--settings] [--in=STORAGE] [--interval=SECONDS] [--largest=N] [PID]",
        "top 1 --largest -1 # --largest is -1 # nio-tmp top [-h] [--handles] [--json] [--json-schema]"
            + " [--once] [--settings] [--in=STORAGE] [--interval=SECONDS] [--largest=N] [PID]",
        "top 1 --largest 0 # --largest is 0 # nio-tmp top [-h] [--handles] [--json] [--json-schema]"
            + " [--once] [--settings] [--in=STORAGE] [--interval=SECONDS] [--largest=N] [PID]",
        "top 1 --in DISK # --in needs --largest # nio-tmp top [-h] [--handles] [--json] [--json-schema]"
            + " [--once] [--settings] [--in=STORAGE] [--interval=SECONDS] [--largest=N] [PID]",
        "top 1 --interval 0 # --interval is 0 # nio-tmp top [-h] [--handles] [--json] [--json-schema]"
            + " [--once] [--settings] [--in=STORAGE] [--interval=SECONDS] [--largest=N] [PID]",
        "completion fish # unexpected argument 'fish' # nio-tmp completion [-h]",
        "run # run needs -- and a command # nio-tmp run [-h] -- COMMAND [ARGUMENT...]",
        "run -- # run needs -- and a command # nio-tmp run [-h] -- COMMAND [ARGUMENT...]",
        "run true true # run needs -- and a command # nio-tmp run [-h] -- COMMAND [ARGUMENT...]",
        "run true -- x # run needs -- and a command # nio-tmp run [-h] -- COMMAND [ARGUMENT...]",
        "run -x -- true # unknown option '-x' # nio-tmp run [-h] -- COMMAND [ARGUMENT...]",
      })
  void anUnknownWordIsAnsweredInOneLineWithTheAllowedOnes(
      String words, String reason, String allowed) {
    int status = console.run(words.isEmpty() ? new String[0] : words.split(" ", -1));

    assertThat(console.errors()).containsExactly("nio-tmp: " + reason + "; allowed: " + allowed);
    assertThat(console.out()).isEmpty();
    assertThat(status).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\" | an empty word names no directory",
        "NUL | is no path: Nul character not allowed",
        "tmp://[ | is no URI: ",
        "nosuch:/x | no provider of 'nosuch:' is installed; installed: file:, ",
        "file:///tmp?storage=host | Path component should be '/'",
        "tmp:/?storage=host | takes no settings",
        "tmp://settings?bad=1 | Unknown setting 'bad'",
        "tmp://settings/child?storage=host | a URI of a file system is tmp://name",
      })
  void aWordThatNamesNoDirectoryIsAnsweredWithTheReason(String word, String reason) {
    assertThat(console.run("doctor", word.replace("NUL", "\0"))).isEqualTo(2);
    assertThat(console.errors())
        .singleElement()
        .asString()
        .contains(reason)
        .endsWith("; allowed: nio-tmp doctor [-h] [--json] [--json-schema] [DIRECTORY|URI]");
  }

  @Test
  void aFileSystemIsClosedIfTheUriNamesNoDirectoryInIt() throws IOException {
    Path zip = host.resolve("file.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("entry"));
    }
    String uri = "jar:" + zip.toUri();

    assertThat(console.run("doctor", uri)).isEqualTo(2);
    assertThat(console.errors()).singleElement().asString().contains(uri);
    FileSystems.newFileSystem(URI.create(uri + "!/"), Map.of()).close(); // is not open any more
  }

  @Test
  void onlyDirectoriesOfTheDefaultFileSystemAreSwept() {
    assertThat(console.run("sweep", "tmp:/")).isEqualTo(2);
    assertThat(console.errors())
        .singleElement()
        .asString()
        .startsWith("nio-tmp: only directories of the default file system are swept; allowed: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help", "help"})
  void helpListsTheCommandsAndTheExitCodes(String word) {
    assertThat(console.run(word)).isZero();
    assertThat(console.text())
        .contains("Usage: nio-tmp [-hV] [COMMAND]")
        .containsSubsequence("doctor  ", "sweep  ", "run  ", "top  ", "completion  ", "help  ")
        .containsSubsequence("Exit codes:", "  0   ", "  1   ", "  2   ");
    assertThat(console.errors()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "doctor, '0, 1, 2'",
    "sweep, '0, 1, 2'",
    "run, 'N, 128+N, 1, 2, 126, 127'",
    "top, '0, 1, 2, 130'",
    "completion, '0, 2'"
  })
  void theHelpOfACommandExplainsItsExitCodes(String command, String codes) {
    console.run("help", command);
    String help = console.text();

    assertThat(help)
        .startsWith("Usage: nio-tmp " + command)
        .containsSubsequence("Exit codes:")
        .doesNotContain("@|");
    String exitCodes = help.substring(help.indexOf("Exit codes:"));
    assertThat(codes.split(", ")).allMatch(code -> exitCodes.contains("\n  " + code + " "));
    for (String option : new String[] {"-h", "--help"}) {
      assertThat(console.run(command, option)).isZero();
      assertThat(console.text()).isEqualTo(help);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-V", "--version"})
  void theVersionIsThatOfTheBuildAndOfJava(String option) {
    assertThat(console.run(option)).isZero();
    assertThat(console.out())
        .hasSize(3)
        .anyMatch(line -> line.matches("nio-tmp [0-9]+\\.[0-9]+\\.[0-9]+.*"))
        .anyMatch(line -> line.startsWith("Java " + System.getProperty("java.runtime.version")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nio-tmp", "doctor", "sweep", "run", "top", "completion"})
  void theHelpHasThisText(String command) throws IOException {
    Console terminal = new Console(Ansi.OFF, 80);
    terminal.run(
        command.equals("nio-tmp") ? new String[] {"help"} : new String[] {"help", command});

    try (InputStream expected = NioTmpTest.class.getResourceAsStream("help/" + command + ".txt")) {
      assertThat(expected).as(command).isNotNull();
      assertThat(terminal.out())
          .isEqualTo(new String(expected.readAllBytes(), UTF_8).lines().toList());
    }
  }

  @Test
  void helpFitsTheTerminal() {
    Console narrow = new Console(Ansi.OFF, 60);
    for (String command : new String[] {"doctor", "sweep", "run", "top", "completion", "help"}) {
      assertThat(narrow.run("help", command)).isZero();
      assertThat(narrow.out()).isNotEmpty().allMatch(line -> line.length() <= 60);
    }
    Console wide = new Console(Ansi.OFF, 300);
    wide.run("help", "doctor");
    assertThat(wide.out()).allMatch(line -> line.length() <= 100);
    Console tiny = new Console(Ansi.OFF, 10);
    assertThat(tiny.run("help")).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {55, 60, 80, 100, 120})
  void theHelpBreaksNoProperty(int width) {
    Console terminal = new Console(Ansi.OFF, width);
    terminal.run("help", "top");

    assertThat(terminal.out()).contains("  -Dio.github.niotmp.default.mxbean=true");
  }

  @Test
  void theCompletionScriptKnowsCommandsAndOptions() throws Exception {
    assumeTrue(Files.exists(Path.of("/bin/bash")), "no bash");
    assertThat(console.run("completion")).isZero();
    Path script = Files.writeString(host.resolve("completion"), console.text());
    String ask =
        "source \"$0\"; COMP_WORDS=(nio-tmp doctor --j); COMP_CWORD=2;"
            + " _complete_nio-tmp; echo \"${COMPREPLY[@]}\"";

    Process bash =
        new ProcessBuilder("/bin/bash", "-c", ask, script.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();

    assertThat(bash.inputReader().readLine()).isEqualTo("--json --json-schema");
    assertThat(bash.waitFor()).isZero();
  }

  @Test
  void aFailureIsOneLineWithTheFileAndTheReason() {
    Path missing = host.resolve("two\nlines");

    assertThat(console.run("sweep", missing.toString())).isEqualTo(1);
    assertThat(console.errors())
        .containsExactly("nio-tmp: " + host + "/two\\nlines: No such file or directory");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSweepNamesTheFateOfEachEntry(boolean dryRun) throws IOException {
    DirectoryLease place = Session.in(host).forNamed();
    Path session = place.enter();
    Path foreign = Files.createFile(root.path().resolve("foreign"));
    Path dead = Files.createFile(root.path().resolve(UserDirectory.UNLINKED + "dead"));

    int status = dryRun ? console.run("sweep", "--dry-run") : console.run("sweep");

    assertThat(status).isZero();
    assertThat(console.out())
        .containsExactlyInAnyOrder(
            "alive " + session + ": of this process",
            "left " + foreign + ": nio-tmp makes no such names; move it elsewhere, or delete it",
            (dryRun ? "to reclaim " : "reclaimed ")
                + dead
                + ": its process was killed as it created it");
    assertThat(Files.exists(dead)).isEqualTo(dryRun);
    place.leave();
  }

  @Test
  void aSweepRemovesAnEmptyRootUnlessItIsDry() throws IOException {
    root.create();

    for (String[] words : new String[][] {{"sweep", "--dry-run", host.toString()}, {"sweep"}}) {
      assertThat(root.path()).isDirectory();
      assertThat(console.run(words)).isZero();
      assertThat(console.out()).containsExactly("nothing in " + root.path());
    }
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void aSweepRefusesAFile() throws IOException {
    Path file = Files.createFile(host.resolve("file"));

    assertThat(console.run("sweep", "--dry-run", file.toString())).isEqualTo(1);
    assertThat(console.errors()).containsExactly("nio-tmp: " + file + ": It is no directory");
  }

  @Test
  void aSweepNamesTheDirectoriesOfOtherUsers() throws IOException {
    Path other = Files.createDirectory(host.resolve("nio-tmp-54321"));
    assumeTrue(ProcessUser.uid() == 0, "only root can give a directory to another user");
    Files.setAttribute(other, "unix:uid", 54321);

    assertThat(console.run("sweep")).isZero();
    assertThat(console.out())
        .containsExactly(
            "nothing in " + root.path(),
            "other users (1): "
                + other
                + " (54321); only its owner sweeps a directory: sudo -u '#54321' nio-tmp sweep "
                + host);

    assertThat(console.run("sweep", "--json")).isZero();
    assertThat(console.text())
        .containsSubsequence("otherUsers", "\"path\": \"" + other, "\"owner\": \"54321\"");
    Schemas.assertValid("sweep", console.text());
    assertThat(other).exists();
  }

  @Test
  void aSweepTakesAUriAndAnswersInJson() throws IOException {
    root.create();
    Path foreign = Files.createFile(root.path().resolve("for\"eign\u00e9"));

    assertThat(console.run("sweep", "--json", "--dry-run", host.toUri().toString())).isZero();

    assertThat(console.text())
        .isEqualTo(
            """
            {
              "root": "%s",
              "dryRun": true,
              "entries": [
                {
                  "path": "%s/for\\"eign\\u00e9",
                  "fate": "left",
                  "reason": "nio-tmp makes no such names; move it elsewhere, or delete it"
                }
              ],
              "otherUsers": []
            }
            """
                .formatted(root.path(), root.path()));
    Schemas.assertValid("sweep", console.text());
    Files.delete(foreign);
    console.run("sweep", "--json");
    Schemas.assertValid("sweep", console.text());
    assertThat(host).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"doctor", "sweep", "top"})
  void theSchemaOfACommandIsPrinted(String command) {
    assertThat(console.run(command, "--json-schema")).isZero();
    assertThat(console.text())
        .startsWith("{")
        .contains("https://json-schema.org/draft/2020-12/schema")
        .contains("nio-tmp " + command + " --json");
  }

  @Test
  void theWordsAfterTheTwoDashesReachTheCommandAsTheyAre() throws IOException {
    assumeTrue(Files.exists(Path.of("/bin/sh")), "no shell");
    String file = "@" + Files.writeString(host.resolve("words"), "expanded");
    String[] words = {file, "a b", "'q'", "", "-h", "--help", "--", "run", "doctor", "${x}"};
    String script =
        "test \"$#\" = 10 -a \"$1\" = "
            + file
            + " -a \"$2\" = 'a b' -a \"$3\" = \"'q'\" -a -z \"$4\" && test \"$5\" = -h && test"
            + " \"$6\" = --help && test \"$7\" = -- && test \"$8\" = run && test \"$9\" = doctor &&"
            + " shift && test \"$9\" = '${x}'";
    List<String> line = new ArrayList<>(List.of("run", "--", "sh", "-c", script, "sh"));
    line.addAll(List.of(words));

    assertThat(console.run(line.toArray(String[]::new))).isZero();
    assertThat(console.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 255})
  void aCommandRunsInADirectoryOfItsOwnAndItsStatusIsOurs(int status) {
    assumeTrue(Files.exists(Path.of("/bin/sh")), "no shell");
    String script =
        "case $TMPDIR in \"$1\"/?*) ;; *) exit 99;; esac; test \"$TEMP$TMP\" = \"$TMPDIR$TMPDIR\""
            + " && touch \"$TMPDIR/file\" || exit 98; exit ";

    assertThat(console.run("run", "--", "sh", "-c", script + status, "sh", root.path().toString()))
        .isEqualTo(status);
    assertThat(console.errors()).isEmpty();
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void aMissingCommandIsReportedAndLeavesNoFile() {
    assertThat(console.run("run", "--", "no-such-command")).isEqualTo(127);
    assertThat(console.errors()).singleElement().asString().contains("no-such-command");
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void aCommandThatCannotBeExecutedIsReportedAndLeavesNoFile() throws IOException {
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
