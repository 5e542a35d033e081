package io.github.niotmp.tck.namespace;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A random sequence of operations on the names below one directory, the same for the same random
 * numbers. No path leads out of the directory: none starts with "..", and what links hold has no
 * "..".
 */
final class RandomNames {
  private static final List<String> NAMES = List.of("a", "b", "c", "l");
  private static final int DEEPEST = 3;

  private final Path root;
  private final Random random;
  private boolean targetInDoubt;

  RandomNames(Path root, Random random) {
    this.root = root;
    this.random = random;
  }

  /** One operation; returns what it finds, or anything if it only does something. */
  @FunctionalInterface
  private interface Operation {
    Object run() throws IOException;
  }

  /** Does the next operation; returns what it was and what came of it. */
  String next() {
    String first = randomPath(true);
    String second = randomPath(true);
    String plain = randomPath(false);
    Path path = root.resolve(first);
    Path other = root.resolve(second);
    targetInDoubt = false;
    return switch (random.nextInt(14)) {
      case 0, 1 -> named("directory " + first, () -> done(Files.createDirectory(path)));
      case 2, 3 -> named("create " + first, () -> create(path, StandardOpenOption.CREATE));
      case 4 -> named("create new " + first, () -> create(path, StandardOpenOption.CREATE_NEW));
      case 5 ->
          named(
              "delete " + first,
              () -> {
                Files.delete(path);
                return "";
              });
      case 6 ->
          named(
              "symbolic link " + first + " to " + plain,
              () -> done(Files.createSymbolicLink(path, root.getFileSystem().getPath(plain))));
      case 7 -> named("link " + first + " to " + second, () -> done(Files.createLink(path, other)));
      case 8 -> named("move " + first + " to " + second, () -> done(Files.move(path, other)));
      case 9 -> replace(first, second);
      case 10 ->
          named(
              "atomic move " + first + " to " + second,
              () -> done(Files.move(path, other, StandardCopyOption.ATOMIC_MOVE)));
      case 11 -> named("real " + first, path::toRealPath);
      case 12 ->
          named("real, unfollowed " + first, () -> path.toRealPath(LinkOption.NOFOLLOW_LINKS));
      default ->
          named(
              "look at " + first,
              () -> Files.readAttributes(path, BasicFileAttributes.class).isDirectory());
    };
  }

  /**
   * Says whether the last operation was a replacing move that failed: the default provider may have
   * removed the target by then, and others need not.
   */
  boolean mayHaveLostTheTarget() {
    return targetInDoubt;
  }

  private String replace(String first, String second) {
    targetInDoubt = true;
    return named(
        "replacing move " + first + " to " + second,
        () -> {
          Files.move(
              root.resolve(first), root.resolve(second), StandardCopyOption.REPLACE_EXISTING);
          targetInDoubt = false;
          return "";
        });
  }

  private static Object create(Path path, StandardOpenOption option) throws IOException {
    Files.newByteChannel(path, StandardOpenOption.WRITE, option).close();
    return "";
  }

  private static Object done(Path made) {
    return made.getFileName();
  }

  private String named(String name, Operation operation) {
    String outcome;
    try {
      outcome = operation.run().toString();
    } catch (IOException e) {
      IOException told = notToldApart(e);
      outcome = told.getClass().getSimpleName() + " " + told.getMessage();
    }
    return name + ": " + outcome.replace(root.toString(), "ROOT");
  }

  /** Some JDKs after 17 say of a file on the way what all say of nothing there. */
  private static IOException notToldApart(IOException failure) {
    return Runtime.version().feature() > 17
            && failure instanceof FileSystemException onTheWay
            && "Not a directory".equals(onTheWay.getReason())
        ? new NoSuchFileException(onTheWay.getFile(), onTheWay.getOtherFile(), null)
        : failure;
  }

  /** Returns all names, with the kind of each, a file's number of links and what a link holds. */
  Set<String> tree() throws IOException {
    Set<String> tree = new TreeSet<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        tree.add(root.relativize(path) + " " + describe(path));
      }
    }
    return tree;
  }

  private static String describe(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "-> " + Files.readSymbolicLink(path);
    }
    return Files.isDirectory(path)
        ? "directory"
        : "file with links: " + Files.getAttribute(path, "unix:nlink");
  }

  private String randomPath(boolean withDots) {
    StringJoiner path = new StringJoiner("/");
    int depth = 0;
    for (int left = 1 + random.nextInt(DEEPEST); left > 0; left--) {
      int dice = withDots ? random.nextInt(12) : -1;
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
}
