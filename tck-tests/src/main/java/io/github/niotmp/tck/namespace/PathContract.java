package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.PathSyntax;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The contract of paths: of any syntax, of the syntax of Unix and of Windows, and in each detail as
 * on Linux.
 *
 * @see Path
 * @see FileSystem#getPath
 * @see PathSyntax
 */
public class PathContract extends FileSystemContract {
  private static final FileSystem ORACLE = FileSystems.getDefault();

  private static final List<String> TEXTS =
      List.of(
          "",
          "/",
          "//",
          "///",
          ".",
          "..",
          "/.",
          "/..",
          "./",
          "../",
          "a",
          "/a",
          "a/",
          "/a/",
          "//a",
          "a//b",
          "/a//b/",
          "a/b",
          "/a/b",
          "a/b/c",
          "/a/b/c",
          "a/./b",
          "./a",
          "a/.",
          "a/..",
          "a/../b",
          "a/b/../..",
          "a/b/../../..",
          "../a",
          "../../a",
          "../a/..",
          "/../a",
          "/a/../..",
          "/a/./b/../c",
          "a/../../b",
          "...",
          ".../a",
          ".a",
          "a.",
          "a.txt",
          "/a/b.txt",
          " ",
          " /a",
          "a b",
          "~",
          "\\",
          "a\\b",
          "A",
          "\u00e9",
          "e\u0301",
          "/\u65e5\u672c/\ud83d\ude00",
          "%41",
          "a:b",
          "*",
          "a\nb");

  /** Names that each file system has. Those that differ in case may be equal. */
  private static final List<List<String>> ELEMENTS =
      List.of(
          List.of("a"),
          List.of("A"),
          List.of("b"),
          List.of("ab"),
          List.of("a", "b"),
          List.of("A", "b"),
          List.of("b", "a"),
          List.of("a", "b", "c"),
          List.of("ab", "c"),
          List.of("a", "bc"));

  // The syntax of any file system

  @ContractTest
  @Required(
      by = FileSystem.class,
      member = "getPath(String,String...)",
      sentence =
          "each non-empty string, including first, is considered to be a sequence of name elements"
              + " (see Path) and is joined to form a path string.")
  void getPathJoinsNames() {
    Path joined = fileSystem().getPath("a", "b", "c");

    assertThat(names(joined)).containsExactly("a", "b", "c");
    assertThat(fileSystem().getPath("a", "", "b", "", "c")).isEqualTo(joined);
    assertThat(fileSystem().getPath("", "a", "b", "c")).isEqualTo(joined);
    assertThat(joined.getFileSystem()).isSameAs(fileSystem());
  }

  @ContractTest
  @Required(
      by = FileSystem.class,
      member = "getPath(String,String...)",
      sentence =
          "A Path representing an empty path is returned if first is the empty string and more does"
              + " not contain any non-empty strings.")
  @Required(
      by = Path.class,
      sentence =
          "A Path is considered to be an empty path if it consists solely of one name element that"
              + " is empty.")
  void theEmptyPathHasOneEmptyName() {
    for (Path empty : List.of(fileSystem().getPath(""), fileSystem().getPath("", "", ""))) {
      assertThat(empty).hasToString("");
      assertThat(empty.getNameCount()).isEqualTo(1);
      assertThat(empty.getName(0)).isEqualTo(empty);
      assertThat(empty.getFileName()).isEqualTo(empty);
      assertThat(empty.isAbsolute()).isFalse();
      assertThat(empty.getRoot()).isNull();
      assertThat(empty.getParent()).isNull();
    }
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "toString()",
      sentence =
          "The returned path string uses the default name separator to separate names in the path.")
  void theTextOfAPathHasTheSeparator() {
    String separator = fileSystem().getSeparator();

    assertThat(fileSystem().getPath("a", "b", "c"))
        .hasToString("a" + separator + "b" + separator + "c");
    assertThat(fileSystem().getPath("a" + separator + "b"))
        .isEqualTo(fileSystem().getPath("a", "b"));
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "iterator()",
      sentence =
          "The first element returned by the iterator represents the name element that is closest"
              + " to the root in the directory hierarchy, the second element is the next closest,"
              + " and so on. The last element returned is the name of the file or directory denoted"
              + " by this path. The root component, if present, is not returned by the iterator.")
  @Required(
      by = Path.class,
      member = "getName(int)",
      sentence =
          "The element that is closest to the root in the directory hierarchy has index 0. The"
              + " element that is farthest from the root has index count-1.")
  @Required(
      by = Path.class,
      member = "getFileName()",
      sentence = "The file name is the farthest element from the root in the directory hierarchy.")
  void aPathHasItsNamesInOrder() {
    for (Path path : paths()) {
      int count = path.getNameCount();
      List<Path> names = new ArrayList<>();
      path.forEach(names::add);
      assertThat(names).as("the names of %s", path).hasSize(count);
      for (int i = 0; i < count; i++) {
        assertThat(path.getName(i)).as("name %s of %s", i, path).isEqualTo(names.get(i));
        assertThat(path.getName(i).isAbsolute()).as("%s of %s is absolute", i, path).isFalse();
      }
      assertThat(path.getFileName()).as("of %s", path).isEqualTo(names.get(count - 1));
    }
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "getName(int)",
      sentence =
          "if index is negative, index is greater than or equal to the number of elements, or this"
              + " path has zero name elements")
  @Required(
      by = Path.class,
      member = "subpath(int,int)",
      sentence =
          "if beginIndex is negative, or greater than or equal to the number of elements. If"
              + " endIndex is less than or equal to beginIndex, or larger than the number of"
              + " elements.")
  void anIndexBeyondTheNamesIsRefused() {
    Path path = fileSystem().getPath("a", "b");

    for (int index : new int[] {-1, 2, 3}) {
      assertThatThrownBy(() -> path.getName(index))
          .as("getName(%s)", index)
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int[] range : new int[][] {{-1, 1}, {2, 3}, {0, 0}, {1, 1}, {1, 0}, {0, 3}}) {
      assertThatThrownBy(() -> path.subpath(range[0], range[1]))
          .as("subpath(%s, %s)", range[0], range[1])
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "subpath(int,int)",
      sentence =
          "The returned Path object has the name elements that begin at beginIndex and extend to the"
              + " element at index endIndex-1.")
  void aSubpathHasTheNamesOfTheRange() {
    for (Path path : paths()) {
      List<String> names = names(path);
      for (int begin = 0; begin < names.size(); begin++) {
        for (int end = begin + 1; end <= names.size(); end++) {
          Path subpath = path.subpath(begin, end);
          assertThat(names(subpath))
              .as("%s.subpath(%s, %s)", path, begin, end)
              .isEqualTo(names.subList(begin, end));
          assertThat(subpath.isAbsolute()).as("%s is absolute", subpath).isFalse();
        }
      }
    }
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "getParent()",
      sentence =
          "The parent of this path object consists of this path's root component, if any, and each"
              + " element in the path except for the farthest from the root in the directory"
              + " hierarchy.")
  void theParentLacksTheLastName() {
    for (Path path : paths()) {
      int count = path.getNameCount();
      Path parent = path.getParent();
      if (count > 1) {
        assertThat(names(Objects.requireNonNull(parent)))
            .as("the names of the parent of %s", path)
            .isEqualTo(names(path).subList(0, count - 1));
        assertThat(parent.getRoot()).as("the root of %s", parent).isEqualTo(path.getRoot());
      } else {
        assertThat(parent).as("the parent of %s", path).isEqualTo(path.getRoot());
      }
    }
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "getNameCount()",
      sentence = "the number of elements in the path, or 0 if this path only represents a root")
  @Required(
      by = Path.class,
      member = "getFileName()",
      sentence =
          "a path representing the name of the file or directory, or null if this path has zero"
              + " elements")
  void aRootHasNoNames() {
    Path root = root().getRoot();
    assumeTrue(root != null, () -> subject() + " has paths without a root");

    assertThat(root.getNameCount()).isZero();
    assertThat(root.getFileName()).isNull();
    assertThat(root.getParent()).isNull();
    assertThat(root.getRoot()).isEqualTo(root);
    assertThat(root.iterator()).isExhausted();
    assertThatThrownBy(() -> root.getName(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "toAbsolutePath()",
      sentence = "If this path is already absolute then this method simply returns this path.")
  void anAbsolutePathStaysAsItIs() {
    Path path = root().resolve("a");

    assertThat(path.isAbsolute()).isTrue();
    assertThat(path.toAbsolutePath()).isEqualTo(path);
    assertThat(fileSystem().getPath("a").isAbsolute()).isFalse();
    assertThat(fileSystem().getPath("a").toAbsolutePath().isAbsolute()).isTrue();
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "resolve(Path)",
      sentence =
          "If the other parameter is an absolute path then this method trivially returns other. If"
              + " other is an empty path then this method trivially returns this path.")
  void resolveReturnsAnAbsolutePathOrTheReceiver() {
    Path absolute = root().resolve("x");
    for (Path path : paths()) {
      assertThat(path.resolve(absolute)).as("%s.resolve(%s)", path, absolute).isEqualTo(absolute);
      assertThat(path.resolve(fileSystem().getPath(""))).as("%s.resolve()", path).isEqualTo(path);
      assertThat(path.resolve("")).as("%s.resolve(\"\")", path).isEqualTo(path);
    }
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "resolve(Path)",
      sentence =
          "this method joins the given path to this path and returns a resulting path that ends"
              + " with the given path.")
  void resolveJoinsARelativePath() {
    for (Path path : paths()) {
      for (Path other : relativePaths()) {
        Path joined = path.resolve(other);
        List<String> names = new ArrayList<>(names(path));
        names.addAll(names(other));
        assertThat(names(joined)).as("%s.resolve(%s)", path, other).isEqualTo(names);
        assertThat(joined.endsWith(other)).as("%s ends with %s", joined, other).isTrue();
        assertThat(joined.startsWith(path)).as("%s starts with %s", joined, path).isTrue();
        assertThat(path.resolve(other.toString())).isEqualTo(joined);
      }
    }
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "resolveSibling(Path)",
      sentence =
          "If this path does not have a parent path, or other is absolute, then this method returns"
              + " other. If other is an empty path then this method returns this path's parent, or"
              + " where this path doesn't have a parent, the empty path.")
  void resolveSiblingReplacesTheLastName() {
    Path absolute = root().resolve("x");
    Path other = fileSystem().getPath("other");
    Path empty = fileSystem().getPath("");
    for (Path path : paths()) {
      Path parent = path.getParent();
      assertThat(path.resolveSibling(other))
          .as("%s.resolveSibling(%s)", path, other)
          .isEqualTo(parent == null ? other : parent.resolve(other));
      assertThat(path.resolveSibling(absolute))
          .as("%s.resolveSibling(%s)", path, absolute)
          .isEqualTo(absolute);
      assertThat(path.resolveSibling(empty))
          .as("%s.resolveSibling(the empty path)", path)
          .isEqualTo(parent == null ? empty : parent);
    }
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "relativize(Path)",
      sentence = "p.relativize(p.resolve(q)).equals(q)")
  @Required(
      by = Path.class,
      member = "relativize(Path)",
      sentence =
          "Where this path and the given path do not have a root component, then a relative path"
              + " can be constructed.")
  void relativizeIsTheInverseOfResolve() {
    for (Path path : relativePaths()) {
      for (Path other : relativePaths()) {
        Path resolved = path.resolve(other);
        assertThat(path.relativize(resolved))
            .as("%s.relativize(%s)", path, resolved)
            .isEqualTo(other);
      }
    }
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "relativize(Path)",
      sentence = "If this path and the given path are equal then an empty path is returned.")
  void relativizeOfEqualPathsIsTheEmptyPath() {
    for (Path path : relativePaths()) {
      assertThat(path.relativize(path)).as("%s.relativize(itself)", path).hasToString("");
    }
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "relativize(Path)",
      sentence = "A relative path cannot be constructed if only one of the paths have a root")
  void relativizeNeedsTwoPathsWithARootOrWithout() {
    Path relative = fileSystem().getPath("a");
    Path absolute = root().resolve("a");
    assumeTrue(absolute.getRoot() != null, () -> subject() + " has paths without a root");

    assertThatThrownBy(() -> relative.relativize(absolute))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> absolute.relativize(relative))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "startsWith(Path)",
      sentence =
          "This path starts with the given path if this path's root component starts with the root"
              + " component of the given path, and this path starts with the same name elements as"
              + " the given path. If the given path has more name elements than this path then false"
              + " is returned.")
  @Required(
      by = Path.class,
      member = "endsWith(Path)",
      sentence =
          "If the given path has N elements, and no root component, and this path has N or more"
              + " elements, then this path ends with the given path if the last N elements of each"
              + " path, starting at the element farthest from the root, are equal.")
  void aPathStartsAndEndsWithWholeNames() {
    for (Path one : relativePaths()) {
      for (Path two : relativePaths()) {
        int count = two.getNameCount();
        int more = one.getNameCount() - count;
        assertThat(one.startsWith(two))
            .as("%s.startsWith(%s)", one, two)
            .isEqualTo(more >= 0 && one.subpath(0, count).equals(two));
        assertThat(one.endsWith(two))
            .as("%s.endsWith(%s)", one, two)
            .isEqualTo(more >= 0 && one.subpath(more, more + count).equals(two));
        assertThat(one.startsWith(two.toString())).isEqualTo(one.startsWith(two));
        assertThat(one.endsWith(two.toString())).isEqualTo(one.endsWith(two));
      }
    }
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "startsWith(Path)",
      sentence =
          "If this path does not have a root component and the given path has a root component then"
              + " this path does not start with the given path.")
  @Required(
      by = Path.class,
      member = "endsWith(Path)",
      sentence =
          "If this path does not have a root component and the given path has a root component then"
              + " this path does not end with the given path.")
  void aRelativePathDoesNotStartOrEndWithARoot() {
    Path absolute = root().resolve("a");
    Path relative = fileSystem().getPath("a");
    Path root = absolute.getRoot();
    assumeTrue(root != null, () -> subject() + " has paths without a root");

    assertThat(relative.startsWith(root)).isFalse();
    assertThat(relative.endsWith(root)).isFalse();
    assertThat(relative.startsWith(absolute)).isFalse();
    assertThat(relative.endsWith(absolute)).isFalse();
    assertThat(absolute.endsWith(relative)).isTrue();
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "normalize()",
      sentence = "the resulting path or this path if it does not contain redundant name elements")
  void aPathWithoutDotsIsNormal() {
    for (Path path : paths()) {
      assertThat(path.normalize()).isEqualTo(path);
    }
  }

  /** It runs with and without regard to case, and holds for both. */
  @ContractTest
  @Required(
      by = Path.class,
      member = "compareTo(Path)",
      sentence = "zero if the argument is equal to this path")
  @Required(
      by = Path.class,
      member = "hashCode()",
      sentence = "satisfies the general contract of the Object.hashCode method.")
  @Required(
      by = Path.class,
      member = "equals(Object)",
      sentence = "This method satisfies the general contract of the Object.equals method.")
  void equalsAndHashCodeAndCompareToAgree() {
    for (Path one : paths()) {
      assertThat(one.equals(one.getFileSystem().getPath(one.toString()))).as("%s", one).isTrue();
      for (Path two : paths()) {
        boolean equal = one.equals(two);
        assertThat(two.equals(one)).as("%s equals %s", two, one).isEqualTo(equal);
        assertThat(one.compareTo(two) == 0).as("%s is as %s", one, two).isEqualTo(equal);
        assertThat(Integer.signum(one.compareTo(two)))
            .as("%s compared with %s, and the reverse", one, two)
            .isEqualTo(-Integer.signum(two.compareTo(one)));
        if (equal) {
          assertThat(one).as("the hash code of %s and %s", one, two).hasSameHashCodeAs(two);
        }
      }
    }
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "equals(Object)",
      sentence =
          "If the given object is not a Path, or is a Path associated with a different FileSystem,"
              + " then this method returns false.")
  @Required(
      by = Path.class,
      member = "startsWith(Path)",
      sentence =
          "If the given path is associated with a different FileSystem to this path then false is"
              + " returned.")
  @Required(
      by = Path.class,
      member = "endsWith(Path)",
      sentence =
          "If the given path is associated with a different FileSystem to this path then false is"
              + " returned.")
  void aPathOfAnotherFileSystemIsDifferent() throws IOException {
    FileSystem another = rootOfAnother().getFileSystem();
    Path path = fileSystem().getPath("a", "b");
    Path other = another.getPath("a", "b");

    assertThat(path.equals(other)).isFalse();
    assertThat(path.startsWith(other)).isFalse();
    assertThat(path.endsWith(other)).isFalse();
    assertThat(path.equals((Object) "a")).isFalse();
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "compareTo(Path)",
      sentence = "if the paths are associated with different providers")
  @Required(
      by = Path.class,
      member = "relativize(Path)",
      sentence = "if other is not a Path that can be relativized against this path")
  @Required(
      by = Files.class,
      member = "isSameFile(Path,Path)",
      sentence =
          "If the two Path objects are associated with different providers then this method returns"
              + " false.")
  @Required(
      by = Path.class,
      member = "equals(Object)",
      sentence =
          "If the given object is not a Path, or is a Path associated with a different FileSystem,"
              + " then this method returns false.")
  @Required(
      by = Path.class,
      member = "startsWith(Path)",
      sentence =
          "If the given path is associated with a different FileSystem to this path then false is"
              + " returned.")
  @Required(
      by = Path.class,
      member = "endsWith(Path)",
      sentence =
          "If the given path is associated with a different FileSystem to this path then false is"
              + " returned.")
  void aPathOfAnotherProviderIsDifferent() throws IOException {
    Path stranger = Path.of(URI.create("jrt:/java.base"));
    Path path = root().resolve("a");

    assertThat(path.equals(stranger)).isFalse();
    assertThat(path.startsWith(stranger)).isFalse();
    assertThat(path.endsWith(stranger)).isFalse();
    assertThat(Files.isSameFile(root(), stranger)).isFalse();
    assertThatThrownBy(() -> path.compareTo(stranger)).isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> path.relativize(stranger))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ContractTest
  @Required(
      by = Path.class,
      sentence =
          "Implementations of this interface are immutable and safe for use by multiple concurrent"
              + " threads.")
  @Required(
      by = Iterator.class,
      member = "remove()",
      sentence = "if the remove operation is not supported by this iterator")
  void aNameIsNotRemovedFromAPath() {
    Path path = fileSystem().getPath("a", "b");
    Iterator<Path> names = path.iterator();
    names.next();

    assertThatThrownBy(names::remove).isInstanceOf(UnsupportedOperationException.class);
    assertThat(names(path)).containsExactly("a", "b");
  }

  @ContractTest
  @Required(
      by = FileSystem.class,
      member = "getRootDirectories()",
      sentence =
          "Each element in the returned iterator corresponds to the root directory of a distinct"
              + " file hierarchy.")
  void rootDirectoriesAreRoots() {
    for (Path root : fileSystem().getRootDirectories()) {
      assertThat(root.getFileSystem()).isSameAs(fileSystem());
      assertThat(root.isAbsolute()).as("%s is absolute", root).isTrue();
      assertThat(root.getNameCount()).as("the count of names of %s", root).isZero();
    }
  }

  // The syntax of Unix, as the Javadoc describes it

  @ContractTest
  @Required(
      by = Path.class,
      member = "getParent()",
      sentence =
          "On UNIX for example, the parent of \"/a/b/c\" is \"/a/b\", and the parent of \"x/y/.\" is"
              + " \"x/y\".")
  @Required(
      by = Path.class,
      member = "startsWith(String)",
      sentence =
          "On UNIX for example, the path \"foo/bar\" starts with \"foo\" and \"foo/bar\". It does not"
              + " start with \"f\" or \"fo\".")
  @Required(
      by = Path.class,
      member = "endsWith(String)",
      sentence =
          "On UNIX for example, the path \"foo/bar\" ends with \"foo/bar\" and \"bar\". It does not"
              + " end with \"r\" or \"/bar\".")
  @Required(
      by = Path.class,
      member = "relativize(Path)",
      sentence =
          "For example, on UNIX, if this path is \"/a/b\" and the given path is \"/a/b/c/d\" then the"
              + " resulting relative path would be \"c/d\".")
  void aPathOfUnixIsAsTheJavadocSays() {
    needs(PathSyntax.UNIX);
    Path path = path("foo/bar");

    assertThat(path("/a/b/c").getParent()).isEqualTo(path("/a/b"));
    assertThat(path("x/y/.").getParent()).isEqualTo(path("x/y"));
    for (String start : List.of("foo", "foo/bar")) {
      assertThat(path.startsWith(start)).as("starts with %s", start).isTrue();
    }
    for (String start : List.of("f", "fo", "/foo")) {
      assertThat(path.startsWith(start)).as("starts with %s", start).isFalse();
    }
    for (String end : List.of("foo/bar", "bar", "bar/")) {
      assertThat(path.endsWith(end)).as("ends with %s", end).isTrue();
    }
    for (String end : List.of("r", "/bar", "oo/bar")) {
      assertThat(path.endsWith(end)).as("ends with %s", end).isFalse();
    }
    assertThat(path("/a/b").relativize(path("/a/b/c/d"))).isEqualTo(path("c/d"));
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "normalize()",
      sentence =
          "In such file systems all occurrences of \".\" are considered redundant. If a \"..\" is"
              + " preceded by a non-\"..\" name then both names are considered redundant (the process"
              + " to identify such names is repeated until it is no longer applicable).")
  @Required(
      by = Path.class,
      member = "normalize()",
      sentence =
          "an empty path is returned if this path does not have a root component and all name"
              + " elements are redundant")
  void redundantDotsAreRemoved() {
    assumeTrue(
        subject().pathSyntax() != PathSyntax.OTHER,
        () -> subject() + " states no syntax with the special names . and ..");

    assertNormal(path("a", ".", "b"), path("a", "b"));
    assertNormal(path(".", "a"), path("a"));
    assertNormal(path("a", "..", "b"), path("b"));
    assertNormal(path("a", "b", "..", "..", "c"), path("c"));
    assertNormal(path("..", "a"), path("..", "a"));
    assertNormal(path("..", "..", "a"), path("..", "..", "a"));
    assertNormal(path("a", ".."), path(""));
    assertNormal(path("."), path(""));
    assertNormal(root().resolve("a").resolve(".."), root());
  }

  private static void assertNormal(Path path, Path normal) {
    assertThat(path.normalize()).as("'%s', normalized", path).isEqualTo(normal);
  }

  // The syntax of Windows

  @ContractTest
  @Required(
      by = Path.class,
      member = "equals(Object)",
      sentence =
          "In some cases the paths are compared without regard to case, and others are case"
              + " sensitive.")
  @Required(
      by = Path.class,
      member = "getRoot()",
      sentence =
          "Returns the root component of this path as a Path object, or null if this path does not"
              + " have a root component.")
  void aPathOfWindowsHasADriveAndNoRegardToCase() {
    needs(PathSyntax.WINDOWS);
    Path path = path("C:\\foo\\bar");

    assertThat(fileSystem().getSeparator()).isEqualTo("\\");
    assertThat(path).hasToString("C:\\foo\\bar").isEqualTo(path("C:/foo/bar"));
    assertThat(path.isAbsolute()).isTrue();
    assertThat(path.getRoot()).isEqualTo(path("C:\\"));
    assertThat(names(path)).containsExactly("foo", "bar");
    assertThat(path("c:\\FOO\\Bar")).isEqualTo(path).hasSameHashCodeAs(path);
    assertThat(path.startsWith("c:\\Foo")).isTrue();
    assertThat(path.endsWith("BAR")).isTrue();
    assertThat(path.compareTo(path("c:\\FOO\\Bar"))).isZero();
  }

  // Each detail as on Linux

  static Map<String, Function<Path, @Nullable Object>> questions() {
    Map<String, Function<Path, @Nullable Object>> questions = new LinkedHashMap<>();
    questions.put("toString", Path::toString);
    questions.put("isAbsolute", Path::isAbsolute);
    questions.put("getRoot", Path::getRoot);
    questions.put("getFileName", Path::getFileName);
    questions.put("getParent", Path::getParent);
    questions.put("getNameCount", Path::getNameCount);
    questions.put("normalize", Path::normalize);
    questions.put("iterator", PathContract::names);
    for (int i = -1; i <= 4; i++) {
      int begin = i;
      questions.put("getName(" + i + ")", path -> path.getName(begin));
      for (int end = i - 1; end <= 5; end++) {
        int last = end;
        questions.put("subpath(" + i + ", " + end + ")", path -> path.subpath(begin, last));
      }
    }
    return questions;
  }

  static Map<String, BiFunction<Path, Path, Object>> questionsToTwoPaths() {
    Map<String, BiFunction<Path, Path, Object>> questions = new LinkedHashMap<>();
    questions.put("resolve(Path)", Path::resolve);
    questions.put("resolve(String)", (one, two) -> one.resolve(two.toString()));
    questions.put("resolveSibling(Path)", Path::resolveSibling);
    questions.put("resolveSibling(String)", (one, two) -> one.resolveSibling(two.toString()));
    questions.put("relativize", Path::relativize);
    questions.put("startsWith(Path)", (Path one, Path two) -> one.startsWith(two));
    questions.put("startsWith(String)", (one, two) -> one.startsWith(two.toString()));
    questions.put("endsWith(Path)", (Path one, Path two) -> one.endsWith(two));
    questions.put("endsWith(String)", (one, two) -> one.endsWith(two.toString()));
    questions.put("compareTo", (one, two) -> Integer.signum(one.compareTo(two)));
    questions.put("equals", Path::equals);
    questions.put("hashCode", (one, two) -> !one.equals(two) || one.hashCode() == two.hashCode());
    questions.put(
        "getPath", (one, two) -> one.getFileSystem().getPath(one.toString(), two.toString(), "x"));
    return questions;
  }

  @ContractTest(rows = "questions")
  @AsOnLinux
  void aPathAnswersAsOnLinux(Function<Path, @Nullable Object> question) {
    needsOracle();
    for (String text : TEXTS) {
      assertThat(answer(() -> question.apply(fileSystem().getPath(text))))
          .as("of '%s'", text)
          .isEqualTo(answer(() -> question.apply(ORACLE.getPath(text))));
    }
  }

  @ContractTest(rows = "questionsToTwoPaths")
  @AsOnLinux
  void twoPathsAnswerAsOnLinux(BiFunction<Path, Path, Object> question) {
    needsOracle();
    for (String one : TEXTS) {
      for (String two : TEXTS) {
        String actual =
            answer(() -> question.apply(fileSystem().getPath(one), fileSystem().getPath(two)));
        String expected = answer(() -> question.apply(ORACLE.getPath(one), ORACLE.getPath(two)));
        if (!actual.equals(expected)) {
          assertThat(actual).as("of '%s' and '%s'", one, two).isEqualTo(expected);
        }
      }
    }
  }

  @ContractTest
  @AsOnLinux
  void aRelativePathStartsAtTheDefaultDirectory() {
    Path here = fileSystem().getPath("").toAbsolutePath();

    assertThat(here).isAbsolute();
    for (String relative : List.of("a", "../a", "a/../b", ".")) {
      Path absolute = fileSystem().getPath(relative).toAbsolutePath();
      assertThat(absolute).isEqualTo(here.resolve(relative));
      assertThat(absolute.toAbsolutePath()).isSameAs(absolute);
    }
    assertThat(Files.exists(fileSystem().getPath(""), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @ContractTest
  @AsOnLinux
  void aPathOfAnotherProviderIsAMismatch() {
    Path stranger = Path.of(URI.create("jrt:/java.base"));
    Path path = root().resolve("a");

    assertThatThrownBy(() -> path.resolve(stranger)).isInstanceOf(ProviderMismatchException.class);
    assertThatThrownBy(() -> path.relativize(stranger))
        .isInstanceOf(ProviderMismatchException.class);
  }

  @ContractTest
  @Needs({Feature.SYMBOLIC_LINKS, Feature.HARD_LINKS})
  @AsOnLinux
  void aLinkToAnotherProviderIsAMismatch() {
    Path stranger = Path.of(URI.create("jrt:/java.base"));
    Path link = root().resolve("a");

    assertThatThrownBy(() -> Files.createLink(link, stranger))
        .isInstanceOf(ProviderMismatchException.class);
    assertThatThrownBy(() -> Files.createSymbolicLink(link, stranger))
        .isInstanceOf(ProviderMismatchException.class);
  }

  @ContractTest
  @AsOnLinux
  void aFileSystemHasOneRootAndSlashes() {
    assertThat(fileSystem().getRootDirectories()).containsExactly(fileSystem().getPath("/"));
    assertThat(fileSystem().getSeparator()).isEqualTo("/");
    assertThat(fileSystem().isReadOnly()).isFalse();
    assertThat(fileSystem().isOpen()).isTrue();
    assertThat(fileSystem().getFileStores()).isNotEmpty();
  }

  private void needs(PathSyntax syntax) {
    assumeTrue(
        subject().pathSyntax() == syntax, () -> subject() + " states no syntax of " + syntax);
  }

  private static void needsOracle() {
    assumeTrue(ORACLE.getSeparator().equals("/"), "the default provider has no paths as on Linux");
  }

  private Path path(String first, String... more) {
    return fileSystem().getPath(first, more);
  }

  private List<Path> relativePaths() {
    List<Path> paths = new ArrayList<>();
    for (List<String> names : ELEMENTS) {
      String[] more = names.subList(1, names.size()).toArray(String[]::new);
      paths.add(fileSystem().getPath(names.get(0), more));
    }
    return paths;
  }

  private List<Path> paths() {
    List<Path> paths = new ArrayList<>(relativePaths());
    for (Path relative : relativePaths()) {
      paths.add(root().resolve(relative));
    }
    return paths;
  }

  private static List<String> names(Path path) {
    List<String> names = new ArrayList<>();
    path.forEach(name -> names.add(name.toString()));
    return names;
  }

  /** Returns the result or the class of the exception, because messages may differ. */
  private static String answer(Supplier<@Nullable Object> question) {
    try {
      return Objects.toString(question.get());
    } catch (RuntimeException e) {
      return e.getClass().getName();
    }
  }
}
