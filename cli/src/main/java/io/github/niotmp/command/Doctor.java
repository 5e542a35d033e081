package io.github.niotmp.command;

import io.github.niotmp.host.Descriptors;
import io.github.niotmp.host.PrivateDirectory;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.host.SpillFile;
import io.github.niotmp.internal.search.DirectorySearch;
import io.github.niotmp.internal.search.SessionRoot;
import io.github.niotmp.internal.trust.UnsafeStep;
import io.github.niotmp.session.Reaper;
import io.github.niotmp.session.Reaper.Fate;
import io.github.niotmp.session.Reaper.Finding;
import io.github.niotmp.volume.ModeBits;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells what is used of the host, and tries whether it does what is needed of it. */
final class Doctor {
  private static final int SPILLED_BYTES = 1 << 20;
  private static final double GIB = 1L << 30;

  private final PrintStream out;
  private int problems;

  Doctor(PrintStream out) {
    this.out = out;
  }

  /**
   * Prints all that was found; the status is 0 if nothing is wrong.
   *
   * @param given the directory to look at; null for the one that is used
   */
  int examine(@Nullable Path given) {
    Path directory = given == null ? search() : given;
    if (directory != null) {
      tell("directory", given == null ? whoNames(directory) : directory.toString());
      look("file system", () -> fileSystem(directory));
      look("permissions", () -> permissions(directory));
      look("descriptors", Doctor::descriptors);
      look("sessions", () -> sessions(directory));
      look("spill", () -> spill(directory));
    }
    out.println(problems == 0 ? "All is well." : "Problems: " + problems);
    return problems == 0 ? 0 : NioTmp.FAILED;
  }

  private interface Look {
    /** Returns what is told first, and below it line by line. */
    List<String> see() throws IOException;
  }

  private void look(String about, Look look) {
    try {
      String name = about;
      for (String line : look.see()) {
        tell(name, line);
        name = "";
      }
    } catch (IOException e) {
      problems++;
      tell(about, "PROBLEM: " + NioTmp.reason(e));
    }
  }

  private void tell(String about, String what) {
    out.printf("%-13s%s%n", about, what);
  }

  /** Returns what the search finds, and tells why what comes before is not taken. */
  private @Nullable Path search() {
    for (Map.Entry<Path, String> candidate : DirectorySearch.candidates().entrySet()) {
      try {
        return DirectorySearch.usable(candidate.getKey());
      } catch (IOException e) {
        tell("not usable", named(candidate) + ": " + e.getCause());
      }
    }
    problems++;
    tell("directory", "PROBLEM: there is none; set TMPDIR or -Djava.io.tmpdir");
    return null;
  }

  private static String whoNames(Path directory) {
    return DirectorySearch.candidates().entrySet().stream()
        .filter(candidate -> candidate.getKey().toAbsolutePath().equals(directory))
        .map(candidate -> named(candidate) + ", the first usable")
        .findFirst()
        .orElseThrow();
  }

  private static String named(Map.Entry<Path, String> candidate) {
    return candidate.getKey() + " (" + candidate.getValue() + ")";
  }

  private static List<String> fileSystem(Path directory) throws IOException {
    FileStore store = Files.getFileStore(directory);
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s (%s), %.1f GiB free of %.1f GiB",
            store.type(),
            store.name(),
            store.getUsableSpace() / GIB,
            store.getTotalSpace() / GIB));
    if (store.type().equals("tmpfs")) {
      lines.add("what spills there stays in memory, or goes to swap");
    }
    if (Reaper.isRemote(store.type())) {
      lines.add("locks prove nothing there: what killed processes leave is not reclaimed");
    }
    return lines;
  }

  private static List<String> permissions(Path directory) throws IOException {
    UnsafeStep unsafe = SessionRoot.firstUnsafe(directory);
    if (unsafe != null) {
      return List.of(
          mode(directory),
          unsafe.toString(),
          "so only files without a name are made there; host paths and storage=host take trust=any");
    }
    SessionRoot root = SessionRoot.in(directory);
    String use = root.exists() ? "in use, this user's alone" : "not there while nobody uses it";
    return List.of(mode(directory), root.path() + ": " + use);
  }

  private static String mode(Path directory) throws IOException {
    if (!directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return "this system has no modes";
    }
    int mode = (Integer) Files.getAttribute(directory, "unix:mode");
    return String.format("%04o, of %s", mode & ModeBits.MASK, Files.getOwner(directory).getName());
  }

  private static List<String> descriptors() throws IOException {
    OptionalLong limit = Descriptors.limit();
    if (limit.isEmpty()) {
      return List.of("this system does not tell");
    }
    return List.of(
        "at most " + limit.getAsLong() + ", of which this has " + Descriptors.open().orElseThrow());
  }

  private static List<String> sessions(Path directory) throws IOException {
    List<Finding> findings = Reaper.sweep(SessionRoot.inUnchecked(directory), true);
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%d alive, %d to reclaim, %d that stay",
            count(findings, Fate.ALIVE),
            count(findings, Fate.RECLAIMED),
            count(findings, Fate.LEFT)));
    findings.forEach(finding -> lines.add(Sweep.line(finding, true)));
    return lines;
  }

  private static long count(List<Finding> findings, Fate fate) {
    return findings.stream().filter(finding -> finding.fate() == fate).count();
  }

  /** In a directory of its own, where nobody else's files are mistaken for it. */
  private static List<String> spill(Path directory) throws IOException {
    if (SessionRoot.firstUnsafe(directory) != null) {
      spillTo(directory);
      return List.of("written and read without a name, and gone");
    }
    try (PrivateDirectory own = PrivateDirectory.create(directory)) {
      String name;
      try (SpillDirectory spilled = new SpillDirectory(own.path(), null)) {
        writeAndRead(spilled);
        name = files(own.path()) == 0 ? "without a name" : "under a name until it is closed";
      }
      if (files(own.path()) > 0) {
        throw new FileSystemException(
            directory.toString(), null, "Something stays of a spill file");
      }
      return List.of("written and read " + name + ", and gone");
    }
  }

  private static void spillTo(Path directory) throws IOException {
    try (SpillDirectory spilled = new SpillDirectory(directory, null)) {
      writeAndRead(spilled);
    }
  }

  private static void writeAndRead(SpillDirectory spilled) throws IOException {
    SpillFile file = spilled.create();
    byte[] bytes = new byte[SPILLED_BYTES];
    new Random().nextBytes(bytes);
    file.write(ByteBuffer.wrap(bytes), 0);
    ByteBuffer back = ByteBuffer.allocate(bytes.length);
    file.readAll(back, 0);
    if (!Arrays.equals(bytes, back.array())) {
      throw new FileSystemException(
          spilled.parent().toString(), null, "What was read was not written");
    }
  }

  private static long files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).count();
    }
  }
}
