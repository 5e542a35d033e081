package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The contract of walks through a tree of directories.
 *
 * @see Files#walk(Path, int, FileVisitOption...)
 * @see Files#find
 * @see Files#walkFileTree(Path, Set, int, FileVisitor)
 */
public class WalkContract extends FileSystemContract {
  private static final String WALK = "walk(Path,int,FileVisitOption...)";
  private static final String WALK_FILE_TREE = "walkFileTree(Path,Set,int,FileVisitor)";

  @ContractTest
  @Required(
      by = Files.class,
      member = WALK,
      sentence =
          "If the file is a directory and can be opened successfully, entries in the directory, and"
              + " their descendants will follow the directory in the stream as they are"
              + " encountered.")
  void aWalkMeetsEachFileOnceAndAfterItsParent() throws IOException {
    List<Path> expected = tree();

    List<Path> visited = walked(root().resolve("t"), Integer.MAX_VALUE);

    assertThat(visited).containsExactlyInAnyOrderElementsOf(expected);
    for (Path path : visited) {
      assertThat(visited.indexOf(path.getParent()))
          .as("%s", path)
          .isLessThan(visited.indexOf(path));
    }
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = WALK,
      sentence =
          "The maxDepth parameter is the maximum number of levels of directories to visit. A value"
              + " of 0 means that only the starting file is visited.")
  void aWalkEndsAtTheDeepestLevel() throws IOException {
    Path one = Files.createDirectory(root().resolve("1"));
    Path two = Files.createDirectory(one.resolve("2"));
    Path three = Files.createDirectory(two.resolve("3"));
    Path file = Files.createFile(three.resolve("f"));

    assertThat(walked(root(), 0)).containsExactly(root());
    assertThat(walked(root(), 2)).containsExactly(root(), one, two);
    assertThat(walked(root(), Integer.MAX_VALUE)).containsExactly(root(), one, two, three, file);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = WALK_FILE_TREE,
      sentence =
          "The visitFile method is invoked for all files, including directories, encountered at"
              + " maxDepth")
  void aVisitorMeetsDirectoriesAtTheDeepestLevelAsFiles() throws IOException {
    Path two = Files.createDirectory(Files.createDirectory(root().resolve("1")).resolve("2"));
    Path file = Files.createFile(two.resolve("f"));

    assertThat(visited(EnumSet.noneOf(FileVisitOption.class), 2)).containsExactly(two);
    assertThat(visited(EnumSet.noneOf(FileVisitOption.class), Integer.MAX_VALUE))
        .containsExactly(file);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = WALK_FILE_TREE,
      sentence =
          "When all entries have been visited, or an I/O error occurs during iteration of the"
              + " directory, then the directory is closed and the visitor's postVisitDirectory"
              + " method is invoked.")
  void aVisitorDeletesATree() throws IOException {
    tree();

    Files.walkFileTree(
        root().resolve("t"),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });

    assertThat(Files.exists(root().resolve("t"))).isFalse();
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "find(Path,int,BiPredicate,FileVisitOption...)",
      sentence =
          "For each file encountered, the given BiPredicate is invoked with its Path and"
              + " BasicFileAttributes.")
  void findSelectsByAttributes() throws IOException {
    Path top = Files.createDirectory(root().resolve("t"));
    Path file = Files.createFile(top.resolve("f"));
    Path inner = Files.createFile(Files.createDirectory(top.resolve("d")).resolve("g"));
    Files.createFile(Files.createDirectory(inner.resolveSibling("e")).resolve("too deep"));

    try (Stream<Path> files =
        Files.find(top, 2, (path, attributes) -> attributes.isRegularFile())) {
      assertThat(files).containsExactlyInAnyOrder(file, inner);
    }
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = WALK,
      sentence = "By default, symbolic links are not automatically followed by this method.")
  void aWalkDoesNotFollowLinks() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path file = Files.createFile(directory.resolve("f"));
    Path link = Files.createSymbolicLink(root().resolve("l"), directory);

    assertThat(walked(root(), Integer.MAX_VALUE))
        .containsExactlyInAnyOrder(root(), directory, file, link);
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = WALK,
      sentence =
          "If the options parameter contains the FOLLOW_LINKS option then symbolic links are"
              + " followed.")
  void aWalkFollowsLinksWithTheOption() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path file = Files.createFile(directory.resolve("f"));
    Path link = Files.createSymbolicLink(root().resolve("l"), directory);

    try (Stream<Path> walk = Files.walk(root(), FileVisitOption.FOLLOW_LINKS)) {
      assertThat(walk).containsExactlyInAnyOrder(root(), directory, file, link, link.resolve("f"));
    }
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = WALK,
      sentence =
          "When a cycle is detected it is treated as an I/O error with an instance of"
              + " FileSystemLoopException.")
  void aWalkThatFollowsLinksDetectsACycle() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Files.createSymbolicLink(directory.resolve("l"), directory);

    try (Stream<Path> walk = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      assertThatThrownBy(walk::toList).hasCauseInstanceOf(FileSystemLoopException.class);
    }
  }

  /** Creates directories and files below "t", and returns all of them. */
  private List<Path> tree() throws IOException {
    Path top = root().resolve("t");
    List<Path> all = new ArrayList<>();
    for (Path directory :
        List.of(top, top.resolve("a"), top.resolve("a").resolve("b"), top.resolve("c"))) {
      all.add(Files.createDirectory(directory));
      all.add(Files.createFile(directory.resolve("f")));
    }
    return all;
  }

  private List<Path> visited(Set<FileVisitOption> options, int depth) throws IOException {
    List<Path> visited = new ArrayList<>();
    Files.walkFileTree(
        root(),
        options,
        depth,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            visited.add(path);
            return FileVisitResult.CONTINUE;
          }
        });
    return visited;
  }

  private static List<Path> walked(Path start, int depth) throws IOException {
    try (Stream<Path> walk = Files.walk(start, depth)) {
      return walk.toList();
    }
  }
}
