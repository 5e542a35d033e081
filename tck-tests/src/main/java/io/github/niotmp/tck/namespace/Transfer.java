package io.github.niotmp.tck.namespace;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.Feature;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A copy or a move of one kind of file to one kind of target.
 *
 * @param move whether it is a move
 */
record Transfer(boolean move, Source source, Target target) {
  private static final List<CopyOption> OPTIONS_OF_COPIES =
      List.of(REPLACE_EXISTING, COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
  private static final List<CopyOption> OPTIONS_OF_MOVES =
      List.of(REPLACE_EXISTING, ATOMIC_MOVE, LinkOption.NOFOLLOW_LINKS);

  /** The file at the path "s". */
  enum Source {
    MISSING("a missing file"),
    FILE("a file"),
    EMPTY_DIRECTORY("an empty directory"),
    FULL_DIRECTORY("a full directory"),
    LINK_TO_FILE("a link to a file"),
    LINK_TO_DIRECTORY("a link to a directory"),
    DANGLING_LINK("a dangling link");

    private final String words;

    Source(String words) {
      this.words = words;
    }

    private boolean isLink() {
      return compareTo(LINK_TO_FILE) >= 0;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** The file at the target path, and that path. */
  enum Target {
    MISSING("a missing file", "t"),
    NO_PARENT("a file in a missing directory", "missing", "t"),
    BELOW_A_FILE("a file below a file", "other", "t"),
    NAME_TOO_LONG("a file with a name of 256 bytes", "t".repeat(256)),
    FILE("a file", "t"),
    EMPTY_DIRECTORY("an empty directory", "t"),
    FULL_DIRECTORY("a full directory", "t"),
    LINK_TO_FILE("a link to a file", "t"),
    LINK_TO_DIRECTORY("a link to a directory", "t"),
    DANGLING_LINK("a dangling link", "t"),
    LINK_TO_ITSELF("a link to itself", "t"),
    BELOW_A_LINK("a missing file below a link", "link", "t"),
    THE_SOURCE("itself", "s"),
    THE_SOURCE_WITH_DOTS("itself through dots", "directory", "..", "s"),
    HARD_LINK_TO_THE_SOURCE("a hard link of it", "t"),
    LINK_TO_THE_SOURCE("a link to it", "t"),
    BELOW_THE_SOURCE("a missing file in it", "s", "t"),
    IN_THE_SOURCE("its own entry", "s", "in the source"),
    THE_PARENT("its directory");

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<String> names;

    Target(String words, String... names) {
      this.words = words;
      this.names = List.of(names);
    }

    /** Says whether the target depends on the source, so that both need one file system. */
    private boolean isRelated() {
      return compareTo(THE_SOURCE) >= 0;
    }

    private Path in(Path directory) {
      Path path = directory;
      for (String name : names) {
        path = path.resolve(name);
      }
      return path;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * The directory of the source and that of the target, which may be the same.
   *
   * @param hasPermissions whether files have permissions to set and to compare
   */
  record Place(Path from, Path to, boolean hasPermissions) {

    /** Returns a place of new empty directories in this one. */
    Place fresh(String name) throws IOException {
      Path source = Files.createDirectory(from.resolve(name));
      Path target = from.equals(to) ? source : Files.createDirectory(to.resolve(name));
      return new Place(source, target, hasPermissions);
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
            String name = (root.equals(from) ? "FROM/" : "TO/") + root.relativize(path);
            tree.add(name + " " + describe(path, hasPermissions && !path.equals(root)));
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
      return permissions + "'" + Files.readString(path) + "'" + (isOld ? " old" : " new");
    }

    private Path file(Path path, String text) throws IOException {
      return permit(Files.writeString(path, text), "rw-------");
    }

    private Path directory(Path path) throws IOException {
      return permit(Files.createDirectory(path), "rwx------");
    }

    private Path permit(Path path, String permissions) throws IOException {
      return hasPermissions
          ? Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions))
          : path;
    }

    private void makeOld(Path path, String permissions) throws IOException {
      permit(path, permissions);
      Files.setLastModifiedTime(path, FileTime.fromMillis(5_000));
    }
  }

  /** Returns the transfers of one kind, between two file systems or in one. */
  static List<Transfer> all(boolean across) {
    List<Transfer> all = new ArrayList<>();
    for (boolean move : new boolean[] {false, true}) {
      for (Source source : Source.values()) {
        for (Target target : Target.values()) {
          Transfer transfer = new Transfer(move, source, target);
          if (transfer.isPossible() && !(across && target.isRelated())) {
            all.add(transfer);
          }
        }
      }
    }
    return all;
  }

  private boolean isPossible() {
    return switch (target) {
      // both are faults, and a provider may report either
      case NAME_TOO_LONG -> source != Source.MISSING;
      case HARD_LINK_TO_THE_SOURCE ->
          source != Source.MISSING
              && source != Source.EMPTY_DIRECTORY
              && source != Source.FULL_DIRECTORY;
      default -> true;
    };
  }

  /** Returns the features that a file system needs for the source and the target. */
  Set<Feature> needed() {
    Set<Feature> needed = EnumSet.noneOf(Feature.class);
    if (source.isLink()) {
      needed.add(Feature.SYMBOLIC_LINKS);
    }
    switch (target) {
      case LINK_TO_FILE,
          LINK_TO_DIRECTORY,
          DANGLING_LINK,
          LINK_TO_ITSELF,
          BELOW_A_LINK,
          LINK_TO_THE_SOURCE ->
          needed.add(Feature.SYMBOLIC_LINKS);
      case HARD_LINK_TO_THE_SOURCE -> {
        needed.add(Feature.HARD_LINKS);
        if (source.isLink()) {
          needed.add(Feature.HARD_LINKS_OF_LINKS);
        }
      }
      case NAME_TOO_LONG -> needed.add(Feature.NAMES_OF_255_BYTES);
      default -> {}
    }
    return needed;
  }

  /** Returns all sets of options that the transfer takes. */
  List<List<CopyOption>> options() {
    return subsets(move ? OPTIONS_OF_MOVES : OPTIONS_OF_COPIES);
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

  private void prepare(Place place) throws IOException {
    for (Path directory : place.directories()) {
      place.file(directory.resolve("other"), "other");
      place.directory(directory.resolve("directory"));
    }
    Path path = place.from.resolve("s");
    switch (source) {
      case MISSING -> {}
      case FILE -> place.makeOld(place.file(path, "source"), "r-x------");
      case EMPTY_DIRECTORY -> place.makeOld(place.directory(path), "r-x------");
      case FULL_DIRECTORY -> place.file(place.directory(path).resolve("in the source"), "");
      case LINK_TO_FILE -> link(path, "other");
      case LINK_TO_DIRECTORY -> link(path, "directory");
      case DANGLING_LINK -> link(path, "nowhere");
    }
    prepareTarget(place, place.to.resolve("t"), path);
  }

  private void prepareTarget(Place place, Path path, Path sourcePath) throws IOException {
    switch (target) {
      case FILE -> place.file(path, "target");
      case EMPTY_DIRECTORY -> place.directory(path);
      case FULL_DIRECTORY -> place.file(place.directory(path).resolve("in the target"), "");
      case LINK_TO_FILE -> link(path, "other");
      case LINK_TO_DIRECTORY -> link(path, "directory");
      case DANGLING_LINK -> link(path, "elsewhere");
      case LINK_TO_ITSELF -> link(path, "t");
      case BELOW_A_LINK -> link(path.resolveSibling("link"), "directory");
      case LINK_TO_THE_SOURCE -> link(path, "s");
      case HARD_LINK_TO_THE_SOURCE -> Files.createLink(path, sourcePath);
      default -> {}
    }
  }

  private static void link(Path path, String text) throws IOException {
    Files.createSymbolicLink(path, path.getFileSystem().getPath(text));
  }

  /**
   * The outcome of a transfer.
   *
   * @param failure the simple name of the exception, or ""
   * @param message of the exception, with the names of the paths replaced
   * @param before the tree before
   * @param after the tree afterwards
   */
  record Result(String failure, String message, Set<String> before, Set<String> after) {

    boolean isDone() {
      return failure.isEmpty();
    }
  }

  /** Runs the transfer in an empty place. */
  Result run(Place place, List<CopyOption> options) throws IOException {
    prepare(place);
    Set<String> before = place.tree();
    Path from = place.from.resolve("s");
    Path to = target.in(place.to);
    CopyOption[] array = options.toArray(CopyOption[]::new);
    try {
      Path returned = move ? Files.move(from, to, array) : Files.copy(from, to, array);
      assertThat(returned).as("The path that %s returns", this).isEqualTo(to);
    } catch (IOException | RuntimeException e) {
      String message =
          String.valueOf(e.getMessage())
              .replace(from.toString(), "SOURCE")
              .replace(to.toString(), "TARGET");
      return new Result(e.getClass().getSimpleName(), message, before, place.tree());
    }
    return new Result("", "", before, place.tree());
  }

  @Override
  public String toString() {
    return (move ? "move " : "copy ") + source + " to " + target;
  }
}
