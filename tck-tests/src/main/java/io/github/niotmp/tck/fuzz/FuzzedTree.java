package io.github.niotmp.tck.fuzz;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A tree and some handles on its files. Each step is made of a number alone, whatever the steps
 * before it were, so that any of them can be left out.
 *
 * <p>No path leads out of the tree: none starts with "..", and what links hold has no "..".
 */
final class FuzzedTree implements Closeable {
  private static final List<String> NAMES = List.of("a", "b", "c", "l");
  private static final int DEEPEST = 3;

  private final Path root;
  private final FuzzedHandles handles;
  private boolean inDoubt;

  FuzzedTree(Path root) {
    this.root = root;
    this.handles = new FuzzedHandles(root);
  }

  /** What a step does; returns what it finds, or anything if it only does something. */
  @FunctionalInterface
  interface Operation {
    Object run() throws IOException;
  }

  /**
   * Says whether the last step was one after which a tree need not be as another: a replacing move
   * that failed may have removed its target.
   */
  boolean isInDoubt() {
    return inDoubt;
  }

  /** Does a step; returns what it was and what came of it. */
  String step(long number) {
    SplittableRandom random = new SplittableRandom(number);
    inDoubt = false;
    return random.nextInt(5) < 2 ? handles.step(random) : stepOnNames(random);
  }

  private String stepOnNames(SplittableRandom random) {
    int kind = random.nextInt(24);
    String first = path(random, true);
    String second = path(random, true);
    String plain = path(random, false);
    long time = random.nextLong(1L << 40);
    byte[] bytes = FuzzedHandles.bytes(random);
    Path path = root.resolve(first);
    Path other = root.resolve(second);
    return switch (kind) {
      case 0, 1, 2 -> told("directory " + first, () -> name(Files.createDirectory(path)));
      case 3 -> told("directories " + first, () -> name(Files.createDirectories(path)));
      case 4, 5, 6 -> told("write " + first, () -> name(Files.write(path, bytes)));
      case 7 -> told("create " + first, () -> name(Files.createFile(path)));
      case 8 -> told("delete " + first, () -> Files.deleteIfExists(path));
      case 9 ->
          told(
              "symbolic link " + first + " to " + plain,
              () -> name(Files.createSymbolicLink(path, root.getFileSystem().getPath(plain))));
      case 10 -> told("link " + first + " to " + second, () -> name(Files.createLink(path, other)));
      case 11, 12 -> told("move " + first + " to " + second, () -> name(Files.move(path, other)));
      case 13 ->
          told(
              "atomic move " + first + " to " + second,
              () -> name(Files.move(path, other, StandardCopyOption.ATOMIC_MOVE)));
      case 14 -> replace(first, second);
      case 15 -> told("copy " + first + " to " + second, () -> name(Files.copy(path, other)));
      case 16 ->
          told(
              "copy link " + first + " to " + second,
              () -> name(Files.copy(path, other, LinkOption.NOFOLLOW_LINKS)));
      case 17 -> told("real " + first, path::toRealPath);
      case 18 ->
          told("real, unfollowed " + first, () -> path.toRealPath(LinkOption.NOFOLLOW_LINKS));
      case 19 -> told("read " + first, () -> read(path));
      case 20 -> told("list " + first, () -> list(path));
      case 21 ->
          told(
              "modified " + first,
              () -> {
                Files.setLastModifiedTime(path, FileTime.fromMillis(time));
                return Files.getLastModifiedTime(path).toMillis();
              });
      case 22 ->
          told(
              "permissions " + first,
              () -> {
                Files.setPosixFilePermissions(
                    path,
                    PosixFilePermissions.fromString(time % 2 == 0 ? "rwx------" : "rw-r--r--"));
                return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
              });
      default ->
          told(
              "same " + first + " and " + second,
              () -> Files.exists(path) + " " + Files.isSameFile(path, other));
    };
  }

  private String replace(String first, String second) {
    inDoubt = true;
    return told(
        "replacing move " + first + " to " + second,
        () -> {
          Files.move(
              root.resolve(first), root.resolve(second), StandardCopyOption.REPLACE_EXISTING);
          inDoubt = false;
          return "";
        });
  }

  private static Object name(Path made) {
    return String.valueOf(made.getFileName());
  }

  /** Where a directory is refused is each provider's own: as it is opened, or as it is read. */
  private static Object read(Path path) throws IOException {
    return Files.isDirectory(path) ? "directory" : Arrays.hashCode(Files.readAllBytes(path));
  }

  private static Object list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(FuzzedTree::name).map(Object::toString).sorted().toList();
    }
  }

  private String told(String name, Operation operation) {
    return Outcome.of(root, name, operation);
  }

  /** Returns all names, with what is behind each. */
  String tree() throws IOException {
    TreeSet<String> tree = new TreeSet<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        tree.add(root.relativize(path) + " " + describe(path));
      }
    } catch (NoSuchFileException e) {
      return "gone";
    }
    return String.join("\n", tree);
  }

  private static String describe(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "-> " + Files.readSymbolicLink(path);
    }
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return attributes.isDirectory()
        ? "directory"
        : Files.getAttribute(path, "unix:nlink")
            + " names, "
            + attributes.size()
            + " bytes "
            + Arrays.hashCode(Files.readAllBytes(path));
  }

  private static String path(SplittableRandom random, boolean withDots) {
    StringJoiner path = new StringJoiner("/");
    int depth = 0;
    for (int left = 1 + random.nextInt(DEEPEST); left > 0; left--) {
      int dice = withDots ? random.nextInt(14) : -1;
      if (dice == 0) {
        path.add(".");
      } else if (dice == 1 && depth > 0) {
        path.add("..");
        depth--;
      } else {
        path.add(NAMES.get(random.nextInt(NAMES.size())));
        depth++;
      }
    }
    return path.toString();
  }

  /** Returns a path for a handle. */
  static String path(SplittableRandom random) {
    return path(random, true);
  }

  @Override
  public void close() throws IOException {
    handles.close();
  }
}
