package io.github.niotmp.provider;

import java.io.IOException;
import java.net.URI;
import java.nio.file.CopyOption;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.Assumptions;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies and moves files of every kind onto others, here and in the default file system. */
@EnabledOnOs(OS.LINUX)
class CopyMoveComparisonTest {
  private static final Path ANOTHER_DEVICE = Path.of("/dev/shm");
  private static final List<String> SOURCES =
      List.of("missing", "file", "empty", "full", "fileLink", "fullLink", "dangling");
  private static final List<String> TARGETS =
      List.of(
          "new",
          "file",
          "hardLink",
          "empty",
          "full",
          "fullLink",
          "loop",
          "none/x",
          "full/x",
          "full/f",
          "file/x",
          "fullLink/x");
  private static final List<CopyOption> OPTIONS =
      List.of(
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES,
          StandardCopyOption.ATOMIC_MOVE,
          LinkOption.NOFOLLOW_LINKS);

  @ParameterizedTest
  @EnumSource
  void withinOneFileSystem(Verb verb, @TempDir Path oracle) throws IOException {
    try (FileSystem ours = open("within-" + verb)) {
      compare(verb, oracle, oracle, root(ours, "/from"), root(ours, "/from"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void fromOneFileSystemToAnother(Verb verb, @TempDir Path oracle) throws IOException {
    Assumptions.assumeThat(ANOTHER_DEVICE).isDirectory();
    Assumptions.assumeThat(Files.getFileStore(ANOTHER_DEVICE))
        .isNotEqualTo(Files.getFileStore(oracle));
    Path elsewhere = Files.createTempDirectory(ANOTHER_DEVICE, "nio-tmp-test-");
    try (FileSystem ours = open("from-" + verb);
        FileSystem others = open("to-" + verb)) {
      compare(verb, oracle, elsewhere, root(ours, "/from"), root(others, "/to"));
    } finally {
      clear(elsewhere);
      Files.delete(elsewhere);
    }
  }

  private static FileSystem open(String name) throws IOException {
    return new TmpFileSystemProvider().newFileSystem(URI.create("tmp://" + name), Map.of());
  }

  private static Path root(FileSystem fileSystem, String name) throws IOException {
    return Files.createDirectories(fileSystem.getPath(name));
  }

  private static void compare(Verb verb, Path oracle, Path oracleTo, Path ours, Path oursTo)
      throws IOException {
    SoftAssertions softly = new SoftAssertions();
    for (String source : SOURCES) {
      for (String target : TARGETS) {
        for (CopyOption[] options : subsets()) {
          if (differsOnPurpose(verb, source, target, !oracle.equals(oracleTo), options)) {
            continue;
          }
          softly
              .assertThat(outcome(verb, ours, source, oursTo, target, options))
              .as("%s %s to %s with %s", verb, source, target, List.of(options))
              .isEqualTo(outcome(verb, oracle, source, oracleTo, target, options));
        }
      }
    }
    softly.assertAll();
  }

  /**
   * The default provider has deleted the target when it finds that a directory cannot be moved, and
   * tries to rename even across file systems.
   */
  private static boolean differsOnPurpose(
      Verb verb, String source, String target, boolean across, CopyOption... options) {
    boolean replaces = List.of(options).contains(StandardCopyOption.REPLACE_EXISTING);
    boolean lost = source.equals("full") && replaces && (across || target.equals("full/f"));
    boolean renamed = across && (target.equals("none/x") || target.equals("file/x"));
    return verb == Verb.MOVE && (lost || renamed);
  }

  private static List<CopyOption[]> subsets() {
    List<CopyOption[]> subsets = new ArrayList<>();
    for (int bits = 0; bits < 1 << OPTIONS.size(); bits++) {
      List<CopyOption> chosen = new ArrayList<>();
      for (int i = 0; i < OPTIONS.size(); i++) {
        if ((bits & (1 << i)) != 0) {
          chosen.add(OPTIONS.get(i));
        }
      }
      subsets.add(chosen.toArray(CopyOption[]::new));
    }
    return subsets;
  }

  private static String outcome(
      Verb verb, Path from, String source, Path to, String target, CopyOption... options)
      throws IOException {
    clear(from);
    clear(to);
    populate(from);
    if (!to.equals(from)) {
      populate(to);
    }
    String done = "done";
    try {
      verb.run(from.resolve(source), to.resolve(target), options);
    } catch (FileSystemException e) {
      done =
          String.join(
              " ",
              e.getClass().getSimpleName(),
              name(from, to, e.getFile()),
              name(from, to, e.getOtherFile()),
              e.getReason());
    } catch (UnsupportedOperationException e) {
      done = "refused";
    }
    return done + ", then " + tree(from) + (to.equals(from) ? "" : " and " + tree(to));
  }

  private static String name(Path from, Path to, @Nullable String path) {
    return path == null ? "-" : path.replace(to + "/", "to:").replace(from + "/", "from:");
  }

  /** With permissions that no umask takes away. */
  private static void populate(Path root) throws IOException {
    Path file = Files.writeString(root.resolve("file"), "text");
    Files.createLink(root.resolve("hardLink"), file);
    Path empty = Files.createDirectory(root.resolve("empty"));
    Path full = Files.createDirectory(root.resolve("full"));
    Path inside = Files.writeString(full.resolve("f"), "inside");
    for (Path directory : new Path[] {empty, full}) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
    Files.setPosixFilePermissions(inside, PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-x------"));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
    for (String[] link :
        new String[][] {
          {"fileLink", "file"}, {"fullLink", "full"}, {"dangling", "nothing"}, {"loop", "loop"}
        }) {
      Files.createSymbolicLink(root.resolve(link[0]), root.getFileSystem().getPath(link[1]));
    }
  }

  private static List<String> tree(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<String> tree = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        if (!file.equals(root)) {
          tree.add(root.relativize(file) + described(file));
        }
      }
      return tree;
    }
  }

  private static String described(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return "->" + Files.readSymbolicLink(file);
    }
    PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
    boolean old = attributes.lastModifiedTime().toMillis() == 1_000;
    return (attributes.isDirectory() ? "/" : "=" + Files.readString(file) + (old ? " old " : " "))
        + PosixFilePermissions.toString(attributes.permissions())
        + Files.getAttribute(file, "unix:nlink");
  }

  private static void clear(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        if (!file.equals(directory)) {
          Files.delete(file);
        }
      }
    }
  }

  enum Verb {
    COPY {
      @Override
      void run(Path source, Path target, CopyOption... options) throws IOException {
        Files.copy(source, target, options);
      }
    },
    MOVE {
      @Override
      void run(Path source, Path target, CopyOption... options) throws IOException {
        Files.move(source, target, options);
      }
    };

    abstract void run(Path source, Path target, CopyOption... options) throws IOException;
  }
}
