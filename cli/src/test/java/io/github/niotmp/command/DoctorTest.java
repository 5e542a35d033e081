package io.github.niotmp.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.host.Descriptors;
import io.github.niotmp.internal.search.DirectorySearch;
import io.github.niotmp.internal.search.UserDirectory;
import io.github.niotmp.session.DirectoryLease;
import io.github.niotmp.session.Session;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

class DoctorTest {
  @TempDir Path host;
  private final Console console = new Console();

  @Test
  void itShowsEachCheckAndLeavesNoFile() throws IOException {
    Files.setPosixFilePermissions(host, PosixFilePermissions.fromString("rwxr-x---"));
    FileStore store = Files.getFileStore(host);
    String descriptors =
        Descriptors.limit().isPresent()
            ? "at most " + Descriptors.limit().getAsLong() + " in a process, [1-9][0-9]* in this"
            : "this system does not report them";

    assertThat(console.run("doctor", host.toString())).isZero();

    assertThat(console.out())
        .contains(
            "directory    " + host,
            "permissions  0750, owner " + Files.getOwner(host).getName(),
            "             " + UserDirectory.in(host).path() + ": not in use",
            "sessions     0 alive, 0 to reclaim, 0 left alone",
            "write        1 MiB reads as written",
            "gap          cut bytes stay cut, bytes never written are zeros",
            "locks        a second lock of the same bytes is refused",
            "rename       a file replaces another one in one step",
            "unlink       an open file stays readable without its name",
            "spill        written and read without a name, and gone",
            "removal      no file of the checks stays")
        .endsWith("All is well.")
        .anyMatch(line -> line.matches("descriptors  " + descriptors))
        .noneMatch(line -> line.contains("LIMIT"));
    assertThat(console.out())
        .filteredOn(line -> line.startsWith("file system"))
        .singleElement()
        .asString()
        .matches(
            Pattern.quote("file system  " + store.type() + " (" + store.name() + "), ")
                + "[0-9.]+ [KMGT]iB free of [0-9.]+ [KMGT]iB");
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void itShowsTheFirstUsableDirectoryAndWhyThoseBeforeAreNotUsed() throws IOException {
    String before = System.getProperty("java.io.tmpdir");
    Path missing = host.resolve("missing");
    try {
      System.setProperty("java.io.tmpdir", missing.toString());

      console.run("doctor");

      Path usable =
          DirectorySearch.firstUsable(DirectorySearch.candidates().keySet(), (path, reason) -> {});
      assertThat(console.out().get(0))
          .startsWith("not usable   " + missing + " (java.io.tmpdir): ");
      assertThat(console.out())
          .filteredOn(line -> line.startsWith("directory"))
          .singleElement()
          .asString()
          .startsWith("directory    " + usable + " (")
          .endsWith("), the first usable");
      assertThat(console.out())
          .last(InstanceOfAssertFactories.STRING)
          .startsWith("Usable, with limits: java.io.tmpdir is not used: " + missing);
      assertThat(console.run("doctor", "--json")).isZero();
      assertThat(console.text())
          .contains("\"verdict\": \"limited\"", "\"reason\": \"No such file or directory\"");
      Schemas.assertValid("doctor", console.text());

      System.setProperty("java.io.tmpdir", host.toString());
      assertThat(console.run("doctor")).isZero();
      assertThat(console.out())
          .startsWith("directory    " + host + " (java.io.tmpdir), the first usable");
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
  }

  @Test
  void aTmpfsIsALimit() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(
        Files.isDirectory(memory) && Files.getFileStore(memory).type().equals("tmpfs"), "no tmpfs");
    String line = "             LIMIT: spilled bytes stay in memory, or go to swap";

    console.run("doctor", memory.toString());
    assertThat(console.out())
        .contains(line)
        .endsWith("Usable, with limits: spilled bytes stay in memory");

    assumeTrue(!Files.getFileStore(host).type().equals("tmpfs"), "nothing but a tmpfs");
    console.run("doctor", host.toString());
    assertThat(console.out()).doesNotContain(line);
  }

  @Test
  void itShowsTheSessionsAndTouchesNone() throws IOException {
    DirectoryLease place = Session.in(host).forNamed();
    Path session = place.enter();
    Path root = session.resolveSibling("");
    Path dead = Files.createFile(root.resolve(UserDirectory.UNLINKED + "dead"));

    assertThat(console.run("doctor", host.toString())).isZero();
    assertThat(console.out())
        .contains(
            "             " + UserDirectory.in(host).path() + ": in use, private to this user",
            "sessions     1 alive, 1 to reclaim, 0 left alone",
            "             alive " + session + ": of this process",
            "             to reclaim " + dead + ": its process was killed as it created it");
    assertThat(dead).exists();
    console.run("doctor", "--json", host.toString());
    assertThat(console.text()).contains("\"fate\": \"to reclaim\"");
    Schemas.assertValid("doctor", console.text());

    Files.delete(dead);
    place.leave();
  }

  @Test
  void oneCauseIsOneProblem() throws IOException {
    Path planted = Files.createFile(UserDirectory.in(host).path());
    String problem =
        planted
            + ": It is no directory; set TMPDIR or the setting 'directory' to a directory of your"
            + " own";

    assertThat(console.run("doctor", host.toString())).isEqualTo(1);
    assertThat(console.out())
        .contains(
            "permissions  PROBLEM: " + problem,
            "sessions     not tested: see permissions",
            "spill        written and read without a name, and gone")
        .endsWith("1 problem: " + problem);
    assertThat(planted).isRegularFile();
  }

  @Test
  void aMissingDirectoryOrAFileIsAProblem() throws IOException {
    Path missing = host.resolve("missing");
    Path file = Files.createFile(host.resolve("file"));

    assertThat(console.run("doctor", missing.toString())).isEqualTo(1);
    assertThat(console.out())
        .containsExactly(
            "directory    PROBLEM: " + missing + ": No such file or directory",
            "1 problem: " + missing + ": No such file or directory");
    assertThat(console.run("doctor", "--json", file.toString())).isEqualTo(1);
    assertThat(console.text()).contains(": \"problem\"", file + ": It is no directory");
    Schemas.assertValid("doctor", console.text());
  }

  @Test
  void aFileSystemThatCannotBeOpenedIsAFailure() {
    String uri = "tmp://doctor?storage=host&directory=" + host + "/missing";

    assertThat(console.run("doctor", uri)).isEqualTo(1);
    assertThat(console.errors()).singleElement().asString().contains(host + "/missing");
  }

  @Test
  void itLooksAtADirectoryOfATmpFileSystem() throws IOException {
    String uri = "tmp://doctor?storage=host&directory=" + host;

    assertThat(console.run("doctor", uri)).isZero();
    assertThat(console.out())
        .contains(
            "directory    tmp://doctor/, of this process; nio-tmp top shows those of running JVMs",
            "locks        a second lock of the same bytes is refused")
        .noneMatch(line -> line.startsWith("sessions"))
        .endsWith("All is well.");
    assertThat(host).isEmptyDirectory();
    assertThat(console.run("doctor", "tmp:/")).isZero();
    assertThat(console.out()).endsWith("All is well.");
  }

  @Test
  void aLineFitsTheTerminalAndTheVerdictHasAColour() throws IOException {
    Files.setAttribute(host, "unix:mode", 0777);
    Console narrow = new Console(Ansi.OFF, 60);
    Console coloured = new Console(Ansi.ON, 60);

    narrow.run("doctor", host.toString());
    coloured.run("doctor", host.toString());

    assertThat(narrow.out())
        .allMatch(line -> line.length() <= 60 || line.strip().indexOf(' ') < 0)
        .contains("             LIMIT: only files without a name are safe in");
    assertThat(narrow.text()).doesNotContain("\u001b");
    assertThat(coloured.text().replaceAll("\u001b\\[[0-9]*m", "")).isEqualTo(narrow.text());
    assertThat(coloured.text()).contains("\u001b[33mLIMIT").contains("\u001b[33mUsable");
  }

  @Test
  void controlCharactersOfNamesAreEscaped() throws IOException {
    Path named = Files.createDirectory(host.resolve("a\u001b[2Jb\nc"));

    console.run("doctor", named.toString());

    assertThat(console.out()).startsWith("directory    " + host + "/a\\u001b[2Jb\\nc");
  }

  @Test
  void aDirectoryThatAllMayWriteToIsALimit() throws IOException {
    Files.setAttribute(host, "unix:mode", 0777);

    assertThat(console.run("doctor", host.toString())).isZero();
    assertThat(console.out())
        .contains(
            "             "
                + host
                + ": Any user may replace its entries: it is writable for all and has no sticky"
                + " bit",
            "             LIMIT: only files without a name are safe in it; host paths and"
                + " storage=host need trust=any",
            "rename       not tested: named files are not safe in this directory",
            "sessions     0 alive, 0 to reclaim, 0 left alone",
            "spill        written and read without a name, and gone")
        .endsWith("Usable, with limits: only unnamed files");
    assertThat(host).isEmptyDirectory();
    console.run("doctor", "--json", host.toString());
    assertThat(console.text())
        .contains("\"verdict\": \"limited\"", "\"only unnamed files\"", "\"trusted\": false");
    Schemas.assertValid("doctor", console.text());
  }

  @Test
  void itLooksAtADirectoryOfAnotherProvider() throws IOException {
    try (FileSystem windows = Jimfs.newFileSystem("doctor", Configuration.windows())) {
      Path temp = Files.createDirectory(windows.getPath("C:\\temp"));

      int status = console.run("doctor", temp.toUri().toString());

      assertThat(console.out())
          .contains(
              "permissions  this file system has no modes",
              "locks        LIMIT: locks have no effect",
              "spill        written and read under a name until it is closed, and gone")
          .endsWith("Usable, with limits: locks have no effect");
      assertThat(status).isZero();
      assertThat(temp).isEmptyDirectory();
    }
  }

  @Test
  void aFullFileSystemIsOneProblem() throws IOException {
    Configuration small = Configuration.unix().toBuilder().setMaxSize(1 << 20).build();
    try (FileSystem full = Jimfs.newFileSystem("full", small)) {
      Path temp = Files.createDirectory(full.getPath("/temp"));

      assertThat(console.run("doctor", temp.toUri().toString())).isEqualTo(1);

      assertThat(console.out())
          .contains("write        not tested: see file system")
          .last(InstanceOfAssertFactories.STRING)
          .startsWith("1 problem: jimfs (jimfs), ")
          .endsWith(" free of 1.0 MiB: the checks need 2.0 MiB");
      console.run("doctor", "--json", temp.toUri().toString());
      Schemas.assertValid("doctor", console.text());
    }
  }

  @Test
  void aDirectoryThatTakesNoFilesIsOneProblem() throws IOException {
    Path proc = Path.of("/proc");
    assumeTrue(Files.exists(proc.resolve("self")), "no /proc");

    assertThat(console.run("doctor", proc.toString())).isEqualTo(1);
    assertThat(console.out())
        .contains("gap          not tested: see write", "removal      not tested: see write")
        .last(InstanceOfAssertFactories.STRING)
        .startsWith("1 problem: /proc: ");
  }
}
