package io.github.niotmp.tck.namespace;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A copy or a move of one kind of file to one kind of target, with some options. */
record Transfer(boolean move, Source source, Target target, List<CopyOption> options) {
  private static final List<CopyOption> OPTIONS_OF_COPIES =
      List.of(REPLACE_EXISTING, COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
  private static final List<CopyOption> OPTIONS_OF_MOVES =
      List.of(REPLACE_EXISTING, ATOMIC_MOVE, LinkOption.NOFOLLOW_LINKS);

  /** The file at the path "s". */
  enum Source {
    MISSING,
    FILE,
    EMPTY_DIRECTORY,
    FULL_DIRECTORY,
    LINK_TO_FILE,
    LINK_TO_DIRECTORY,
    DANGLING_LINK
  }

  /** The file at the target path, and that path. */
  enum Target {
    MISSING("t"),
    NO_PARENT("missing/t"),
    BELOW_A_FILE("other/t"),
    NAME_TOO_LONG("t".repeat(256)),
    FILE("t"),
    EMPTY_DIRECTORY("t"),
    FULL_DIRECTORY("t"),
    LINK_TO_FILE("t"),
    LINK_TO_DIRECTORY("t"),
    DANGLING_LINK("t"),
    LINK_TO_ITSELF("t"),
    BELOW_A_LINK("link/t"),
    THE_SOURCE("s"),
    THE_SOURCE_WITH_DOTS("directory/../s"),
    HARD_LINK_TO_THE_SOURCE("t"),
    LINK_TO_THE_SOURCE("t"),
    BELOW_THE_SOURCE("s/t"),
    IN_THE_SOURCE("s/in the source"),
    THE_PARENT(".");

    private final String path;

    Target(String path) {
      this.path = path;
    }

    /** Says whether the target depends on the source, so that both need one file system. */
    boolean isRelated() {
      return compareTo(THE_SOURCE) >= 0;
    }
  }

  /** The directory of the source and that of the target, which may be the same. */
  record Place(Path from, Path to) {

    /** Returns a place of new empty directories in this one. */
    Place fresh(String name) throws IOException {
      Path source = Files.createDirectory(from.resolve(name));
      return new Place(source, from.equals(to) ? source : Files.createDirectory(to.resolve(name)));
    }

    private List<Path> directories() {
      return from.equals(to) ? List.of(from) : List.of(from, to);
    }

    /**
     * Returns all names, with the kind and permissions of each, a file's text and age, and a link's
     * target.
     */
    private Set<String> tree() throws IOException {
      Set<String> tree = new TreeSet<>();
      for (Path root : directories()) {
        try (Stream<Path> paths = Files.walk(root)) {
          for (Path path : (Iterable<Path>) paths::iterator) {
            String where = (root.equals(from) ? "FROM/" : "TO/") + root.relativize(path);
            tree.add(where + " " + describe(path, !path.equals(root)));
          }
        }
      }
      return tree;
    }

    private static String describe(Path path, boolean withPermissions) throws IOException {
      if (Files.isSymbolicLink(path)) {
        return "-> " + Files.readSymbolicLink(path);
      }
      String permissions =
          withPermissions
              ? PosixFilePermissions.toString(Files.getPosixFilePermissions(path)) + " "
              : "";
      if (Files.isDirectory(path)) {
        return permissions + "directory";
      }
      boolean isOld = Files.getLastModifiedTime(path).toMillis() < 10_000;
      return permissions + Files.readString(path) + (isOld ? " old" : " new");
    }
  }

  /** Returns all transfers, between two file systems or in one. */
  static List<Transfer> all(boolean across) {
    List<Transfer> all = new ArrayList<>();
    for (Source source : Source.values()) {
      for (Target target : Target.values()) {
        if (!across || !target.isRelated()) {
          for (List<CopyOption> options : subsets(OPTIONS_OF_COPIES)) {
            all.add(new Transfer(false, source, target, options));
          }
          for (List<CopyOption> options : subsets(OPTIONS_OF_MOVES)) {
            all.add(new Transfer(true, source, target, options));
          }
        }
      }
    }
    return all;
  }

  private static List<List<CopyOption>> subsets(List<CopyOption> options) {
    List<List<CopyOption>> subsets = new ArrayList<>();
    subsets.add(List.of());
    for (CopyOption option : options) {
      for (List<CopyOption> smaller : List.copyOf(subsets)) {
        List<CopyOption> larger = new ArrayList<>(smaller);
        larger.add(option);
        subsets.add(larger);
      }
    }
    return subsets;
  }

  /** Creates the source and the target; returns false if that pair is impossible. */
  private boolean prepare(Place place) throws IOException {
    if (source == Source.MISSING && target == Target.NAME_TOO_LONG) {
      return false; // both are faults, and a provider may report either
    }
    for (Path directory : place.directories()) {
      file(directory.resolve("other"), "other");
      directory(directory.resolve("directory"));
    }
    Path path = place.from.resolve("s");
    switch (source) {
      case MISSING -> {}
      case FILE -> makeOld(file(path, "source"), "r-x------");
      case EMPTY_DIRECTORY -> makeOld(directory(path), "r-x------");
      case FULL_DIRECTORY -> file(directory(path).resolve("in the source"), "");
      case LINK_TO_FILE -> link(path, "other");
      case LINK_TO_DIRECTORY -> link(path, "directory");
      case DANGLING_LINK -> link(path, "nowhere");
    }
    return makeTarget(place.to.resolve("t"), path);
  }

  private boolean makeTarget(Path path, Path sourcePath) throws IOException {
    switch (target) {
      case FILE -> file(path, "target");
      case EMPTY_DIRECTORY -> directory(path);
      case FULL_DIRECTORY -> file(directory(path).resolve("in the target"), "");
      case LINK_TO_FILE -> link(path, "other");
      case LINK_TO_DIRECTORY -> link(path, "directory");
      case DANGLING_LINK -> link(path, "elsewhere");
      case LINK_TO_ITSELF -> link(path, "t");
      case BELOW_A_LINK -> link(path.resolveSibling("link"), "directory");
      case LINK_TO_THE_SOURCE -> link(path, "s");
      case HARD_LINK_TO_THE_SOURCE -> {
        if (source == Source.MISSING || Files.isDirectory(sourcePath, LinkOption.NOFOLLOW_LINKS)) {
          return false;
        }
        Files.createLink(path, sourcePath);
      }
      default -> {}
    }
    return true;
  }

  private static Path file(Path path, String text) throws IOException {
    return permit(Files.writeString(path, text), "rw-------");
  }

  private static Path directory(Path path) throws IOException {
    return permit(Files.createDirectory(path), "rwx------");
  }

  private static Path permit(Path path, String permissions) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static void makeOld(Path path, String permissions) throws IOException {
    permit(path, permissions);
    Files.setLastModifiedTime(path, FileTime.fromMillis(5_000));
  }

  private static void link(Path path, String text) throws IOException {
    Files.createSymbolicLink(path, path.getFileSystem().getPath(text));
  }

  /**
   * The outcome of a transfer, with the names of the directories replaced.
   *
   * @param outcome "done", or the exception
   * @param before the tree before
   * @param after the tree afterwards
   */
  record Result(String outcome, Set<String> before, Set<String> after) {
    boolean isDone() {
      return outcome.equals("done");
    }
  }

  /**
   * Runs the transfer in empty directories; returns null if the source and target are impossible.
   */
  @Nullable Result run(Place place) throws IOException {
    if (!prepare(place)) {
      return null;
    }
    Set<String> before = place.tree();
    return new Result(outcome(place), before, place.tree());
  }

  private String outcome(Place place) {
    Path from = place.from.resolve("s");
    Path to = target == Target.THE_PARENT ? place.to : place.to.resolve(target.path);
    CopyOption[] array = options.toArray(CopyOption[]::new);
    try {
      Path result = move ? Files.move(from, to, array) : Files.copy(from, to, array);
      return result.equals(to) ? "done" : "done to " + result;
    } catch (IOException e) {
      return (e.getClass().getSimpleName() + " " + e.getMessage())
          .replace(from.toString(), "SOURCE")
          .replace(to.toString(), "TARGET");
    }
  }

  @Override
  public String toString() {
    return (move ? "move " : "copy ") + source + " to " + target + " " + options;
  }
}
