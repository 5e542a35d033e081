package io.github.niotmp.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.host.Descriptors;
import io.github.niotmp.internal.search.DirectorySearch;
import io.github.niotmp.internal.search.UserDirectory;
import io.github.niotmp.session.DirectoryLease;
import io.github.niotmp.session.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir Path host;
  private final Console console = new Console();

  @Test
  void itTellsOfEachThingInALineAndLeavesNothing() throws IOException {
    Files.setPosixFilePermissions(host, PosixFilePermissions.fromString("rwxr-x---"));
    FileStore store = Files.getFileStore(host);
    String descriptors =
        Descriptors.limit().isPresent()
            ? "at most " + Descriptors.limit().getAsLong() + ", of which this has [1-9][0-9]*"
            : "this system does not tell";

    assertThat(console.run("doctor", host.toString())).isZero();

    assertThat(console.out())
        .contains(
            "directory    " + host,
            "permissions  0750, of " + Files.getOwner(host).getName(),
            "             " + UserDirectory.in(host).path() + ": not there while nobody uses it",
            "sessions     0 alive, 0 to reclaim, 0 that stay",
            "spill        written and read without a name, and gone")
        .endsWith("All is well.")
        .anyMatch(line -> line.matches("descriptors  " + descriptors))
        .noneMatch(line -> line.contains("locks prove nothing"));
    String size = String.format(Locale.ROOT, "%.1f GiB", store.getTotalSpace() / Math.pow(2, 30));
    String fileSystem =
        console.out().stream().filter(l -> l.startsWith("file system")).findFirst().orElseThrow();
    assertThat(fileSystem)
        .startsWith("file system  " + store.type() + " (" + store.name() + "), ")
        .endsWith(" GiB free of " + size);
    assertThat(Double.parseDouble(fileSystem.replaceAll(".*, (.*) GiB free .*", "$1")))
        .isBetween(0.0, store.getTotalSpace() / Math.pow(2, 30));
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void itTellsWhichDirectoryIsTheFirstUsableAndWhyThoseBeforeAreNot() throws IOException {
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

      System.setProperty("java.io.tmpdir", host.toString());
      assertThat(console.run("doctor")).isZero();
      assertThat(console.out())
          .startsWith("directory    " + host + " (java.io.tmpdir), the first usable");
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
  }

  @Test
  void itTellsThatWhatSpillsToATmpfsStaysInMemory() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(
        Files.isDirectory(memory) && Files.getFileStore(memory).type().equals("tmpfs"), "no tmpfs");
    String line = "             what spills there stays in memory, or goes to swap";

    console.run("doctor", memory.toString());
    assertThat(console.out()).contains(line);

    assumeTrue(!Files.getFileStore(host).type().equals("tmpfs"), "nothing but a tmpfs");
    console.run("doctor", host.toString());
    assertThat(console.out()).doesNotContain(line);
  }

  @Test
  void itTellsWhoUsesTheDirectoryAndTouchesNothing() throws IOException {
    DirectoryLease place = Session.in(host).forNamed();
    Path session = place.enter();
    Path root = session.resolveSibling("");
    Path dead = Files.createFile(root.resolve(UserDirectory.UNLINKED + "dead"));

    assertThat(console.run("doctor", host.toString())).isZero();
    assertThat(console.out())
        .contains(
            "             " + UserDirectory.in(host).path() + ": in use, this user's alone",
            "sessions     1 alive, 1 to reclaim, 0 that stay",
            "             alive " + session + ": of this process",
            "             to reclaim " + dead + ": its process was killed as it created it");
    assertThat(dead).exists();

    Files.delete(dead);
    place.leave();
  }

  @Test
  void itTellsAndCountsWhatIsWrong() throws IOException {
    Path planted = Files.createFile(UserDirectory.in(host).path());
    String problem = "PROBLEM: FileSystem: " + planted + ": It is no directory";

    assertThat(console.run("doctor", host.toString())).isEqualTo(1);
    assertThat(console.out())
        .anyMatch(line -> line.startsWith("permissions  " + problem))
        .anyMatch(line -> line.startsWith("sessions     " + problem))
        .contains("spill        written and read without a name, and gone")
        .endsWith("Problems: 2");
    assertThat(planted).isRegularFile();
  }

  @Test
  void itTellsWhatIsNotSafeInADirectoryThatAllMayWriteTo() throws IOException {
    Files.setAttribute(host, "unix:mode", 0777);

    assertThat(console.run("doctor", host.toString())).isZero();
    assertThat(console.out())
        .contains(
            "             "
                + host
                + ": Any user may replace its entries: it is writable for all and has no sticky"
                + " bit",
            "             so only files without a name are made there; host paths and storage=host"
                + " take trust=any",
            "sessions     0 alive, 0 to reclaim, 0 that stay",
            "spill        written and read without a name, and gone");
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void itTellsOfSystemsWithoutModesAndWhereNothingOpenCanBeUnlinked() throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
      Path temp = Files.createDirectory(windows.getPath("C:\\temp"));

      int status = new Doctor(new PrintStream(printed, true, UTF_8)).examine(temp);

      List<String> lines = printed.toString(UTF_8).lines().toList();
      assertThat(lines)
          .contains(
              "permissions  this system has no modes",
              "spill        written and read under a name until it is closed, and gone");
      assertThat(status).isZero();
      assertThat(temp).isEmptyDirectory();
    }
  }
}
