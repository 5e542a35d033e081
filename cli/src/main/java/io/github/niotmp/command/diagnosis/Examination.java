package io.github.niotmp.command.diagnosis;

import io.github.niotmp.host.Descriptors;
import io.github.niotmp.host.PrivateDirectory;
import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.internal.mode.ModeBits;
import io.github.niotmp.internal.search.DirectorySearch;
import io.github.niotmp.internal.search.UserDirectory;
import io.github.niotmp.internal.trust.UnsafeStep;
import io.github.niotmp.session.Reaper;
import io.github.niotmp.session.Reaper.Fate;
import io.github.niotmp.session.Reaper.Finding;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Runs the checks of one directory. If a check fails, the checks that depend on it do not run, so
 * that one cause is reported as one problem.
 */
public final class Examination {
  private final Path directory;
  private final boolean isDefault;
  private final List<Check> checks = new ArrayList<>();

  private Examination(Path directory) {
    this.directory = directory;
    isDefault = directory.getFileSystem() == FileSystems.getDefault();
  }

  /** Examines the directory that the library uses if no setting names one. */
  public static Diagnosis ofTemporaryDirectory() {
    List<Refusal> refused = new ArrayList<>();
    for (Map.Entry<Path, String> candidate : DirectorySearch.candidates().entrySet()) {
      Path usable = usable(candidate.getKey(), candidate.getValue(), refused);
      if (usable != null) {
        return new Examination(usable).run(candidate.getValue(), refused);
      }
    }
    Check none =
        Check.problem(
            Subject.DIRECTORY, "no usable temporary directory; set TMPDIR or -Djava.io.tmpdir");
    return new Diagnosis(null, null, refused, List.of(none));
  }

  private static @Nullable Path usable(Path candidate, String source, List<Refusal> refused) {
    try {
      return DirectorySearch.usable(candidate);
    } catch (IOException e) {
      IOException reason = e.getCause() instanceof IOException cause ? cause : e;
      refused.add(new Refusal(candidate.toString(), source, ForeignProvider.words(reason)));
      return null;
    }
  }

  /**
   * Examines a directory.
   *
   * @param directory an absolute path of any provider
   */
  public static Diagnosis of(Path directory) {
    return new Examination(directory).run(null, List.of());
  }

  private Diagnosis run(@Nullable String source, List<Refusal> refused) {
    if (look(Subject.DIRECTORY, this::directory)) {
      look(Subject.FILE_SYSTEM, this::fileSystem);
      look(Subject.PERMISSIONS, this::permissions);
      look(Subject.DESCRIPTORS, () -> descriptors(Descriptors.limit(), Descriptors.open()));
      if (isDefault) {
        lookAfter(Subject.PERMISSIONS, Subject.SESSIONS, this::sessions);
      }
      files();
    }
    return new Diagnosis(name(), source, refused, List.copyOf(checks));
  }

  private String name() {
    return isDefault ? directory.toString() : ForeignProvider.text(directory);
  }

  private interface Look {
    Check run() throws IOException;
  }

  /** Runs a check; returns whether the checks that depend on it can run. */
  private boolean look(Subject subject, Look look) {
    Check check;
    try {
      check = ForeignProvider.call(directory, look::run);
    } catch (IOException e) {
      check = Check.problem(subject, FailureText.of(e));
    }
    checks.add(check);
    return check.outcome() != Outcome.PROBLEM;
  }

  /** Runs a check, unless the check that it depends on has found a problem or did not run. */
  private boolean lookAfter(Subject needed, Subject subject, Look look) {
    boolean failed =
        checks.stream()
            .anyMatch(
                check ->
                    check.subject() == needed
                        && (check.outcome() == Outcome.PROBLEM
                            || check.outcome() == Outcome.SKIPPED));
    if (failed) {
      checks.add(Check.skipped(subject, "see " + needed.label()));
    }
    return !failed && look(subject, look);
  }

  private Check directory() throws IOException {
    if (!Files.readAttributes(directory, BasicFileAttributes.class).isDirectory()) {
      throw new FileSystemException(directory.toString(), null, "It is no directory");
    }
    return Check.ok(Subject.DIRECTORY, name());
  }

  private Check fileSystem() throws IOException {
    FileStore store = Files.getFileStore(directory);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("type", store.type());
    values.put("name", store.name());
    String found = store.type() + " (" + store.name() + "), ";
    long total;
    long free;
    try {
      total = store.getTotalSpace();
      free = store.getUsableSpace();
    } catch (UnsupportedOperationException e) {
      return Check.ok(Subject.FILE_SYSTEM, values, List.of(found + "its size is unknown"));
    }
    values.put("freeBytes", free);
    values.put("totalBytes", total);
    found += Size.text(free) + " free of " + Size.text(total);
    if (total > 0 && free < 2L * FileChecks.BYTES) {
      return Check.problem(
          Subject.FILE_SYSTEM,
          found + ": the checks need " + Size.text(2L * FileChecks.BYTES),
          values);
    }
    return fileSystem(store.type(), found, values);
  }

  /** Returns the check with the limits of a type of file system. */
  static Check fileSystem(String type, String found, Map<String, Object> values) {
    if (type.equals("tmpfs")) {
      return Check.limit(
          Subject.FILE_SYSTEM,
          "spilled bytes stay in memory",
          values,
          List.of(found, "spilled bytes stay in memory, or go to swap"));
    }
    if (Reaper.isRemote(type)) {
      return Check.limit(
          Subject.FILE_SYSTEM,
          "files of killed processes stay",
          values,
          List.of(found, "files of killed processes stay, because locks are not reliable on it"));
    }
    return Check.ok(Subject.FILE_SYSTEM, values, List.of(found));
  }

  private Check permissions() throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> findings = new ArrayList<>();
    findings.add(mode(values));
    if (!isDefault) {
      return Check.ok(Subject.PERMISSIONS, values, findings);
    }
    UnsafeStep unsafe = UserDirectory.firstUnsafe(directory);
    values.put("trusted", unsafe == null);
    if (unsafe != null) {
      findings.add(unsafe.toString());
      findings.add(
          "only files without a name are safe in it; host paths and storage=host need trust=any");
      return Check.limit(Subject.PERMISSIONS, "only unnamed files", values, findings);
    }
    UserDirectory root = UserDirectory.in(directory);
    findings.add(root.path() + (root.exists() ? ": in use, private to this user" : ": not in use"));
    return Check.ok(Subject.PERMISSIONS, values, findings);
  }

  private String mode(Map<String, Object> values) throws IOException {
    if (!directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return "this file system has no modes";
    }
    int bits = (Integer) Files.getAttribute(directory, "unix:mode");
    String mode = String.format("%04o", bits & ModeBits.MASK);
    String owner = Files.getOwner(directory).getName();
    values.put("mode", mode);
    values.put("owner", owner);
    return mode + ", owner " + owner;
  }

  static Check descriptors(OptionalLong limit, OptionalLong open) {
    if (limit.isEmpty() || open.isEmpty()) {
      return Check.ok(Subject.DESCRIPTORS, "this system does not report them");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("limit", limit.getAsLong());
    values.put("open", open.getAsLong());
    return Check.ok(
        Subject.DESCRIPTORS,
        values,
        List.of(
            "at most " + limit.getAsLong() + " in a process, " + open.getAsLong() + " in this"));
  }

  private Check sessions() throws IOException {
    List<Finding> findings = Reaper.sweep(UserDirectory.inUnchecked(directory), true);
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%d alive, %d to reclaim, %d left alone",
            count(findings, Fate.ALIVE),
            count(findings, Fate.RECLAIMED),
            count(findings, Fate.LEFT)));
    findings.forEach(finding -> lines.add(SweptEntry.of(finding, true).text()));
    List<Map<String, Object>> entries =
        findings.stream().map(finding -> SweptEntry.of(finding, true).values()).toList();
    return Check.ok(Subject.SESSIONS, Map.of("entries", entries), lines);
  }

  private static long count(List<Finding> findings, Fate fate) {
    return findings.stream().filter(finding -> finding.fate() == fate).count();
  }

  private void files() {
    if (outcome(Subject.FILE_SYSTEM) == Outcome.PROBLEM) {
      skip("see " + Subject.FILE_SYSTEM.label(), FILES);
    } else if (outcome(Subject.PERMISSIONS) == Outcome.LIMIT) {
      unnamedFiles();
    } else {
      namedFiles();
    }
  }

  private static final List<Subject> NAMED = List.of(Subject.LOCKS, Subject.RENAME, Subject.UNLINK);
  private static final List<Subject> FILES =
      List.of(
          Subject.WRITE,
          Subject.GAP,
          Subject.LOCKS,
          Subject.RENAME,
          Subject.UNLINK,
          Subject.SPILL,
          Subject.REMOVAL);

  private Outcome outcome(Subject subject) {
    return checks.stream()
        .filter(check -> check.subject() == subject)
        .map(Check::outcome)
        .findFirst()
        .orElseThrow();
  }

  private void skip(String reason, List<Subject> subjects) {
    subjects.forEach(subject -> checks.add(Check.skipped(subject, reason)));
  }

  private void unnamedFiles() {
    look(Subject.WRITE, () -> with(FileChecks::write));
    lookAfter(Subject.WRITE, Subject.GAP, () -> with(FileChecks::gap));
    skip("named files are not safe in this directory", NAMED);
    lookAfter(Subject.WRITE, Subject.SPILL, () -> SpillCheck.runBesideOthers(directory));
  }

  private interface Use {
    Check of(SeekableByteChannel file) throws IOException;
  }

  /** Runs a check on a file that is unlinked as soon as it is open. */
  private Check with(Use use) throws IOException {
    Path name = directory.resolve(Names.random(UserDirectory.UNLINKED));
    try (SeekableByteChannel file = FileChecks.create(name, StandardOpenOption.DELETE_ON_CLOSE)) {
      return use.of(file);
    }
  }

  private void namedFiles() {
    PrivateDirectory own;
    try {
      own = PrivateDirectory.create(directory);
    } catch (IOException e) {
      checks.add(Check.problem(Subject.WRITE, FailureText.of(e)));
      skip("see " + Subject.WRITE.label(), FILES.subList(1, FILES.size()));
      return;
    }
    try {
      FileChecks files = new FileChecks(own.path());
      look(Subject.WRITE, files::write);
      lookAfter(Subject.WRITE, Subject.GAP, files::gap);
      lookAfter(Subject.WRITE, Subject.LOCKS, files::locks);
      lookAfter(Subject.WRITE, Subject.RENAME, files::rename);
      lookAfter(Subject.WRITE, Subject.UNLINK, files::unlink);
      lookAfter(Subject.WRITE, Subject.SPILL, () -> SpillCheck.runIn(own.path()));
    } finally {
      look(
          Subject.REMOVAL,
          () -> {
            own.close();
            return Check.ok(Subject.REMOVAL, "no file of the checks stays");
          });
    }
  }
}
