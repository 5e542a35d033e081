package io.github.niotmp.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TmpPathTest {
  private static final PathOwner OWNER = new NamedOwner("one");
  private static final PathOwner OTHER_OWNER = new NamedOwner("two");
  private static final Path FOREIGN = FileSystems.getDefault().getPath("/a");

  @ParameterizedTest
  @ValueSource(
      strings = {"\0", "a\0b", "/\0", "//\0", "\uD800", "a\uD800b", "\uDC00\uD800", "/x/\uDFFF"})
  void textThatHasNoBytesIsRefused(String text) {
    assertThatThrownBy(() -> TmpPath.of(OWNER, text))
        .isInstanceOfSatisfying(
            InvalidPathException.class, e -> assertThat(e.getInput()).isEqualTo(text));
  }

  @Test
  void nameOfAnyLengthIsParsed() {
    String name = "n".repeat(256);

    assertThat(TmpPath.of(OWNER, "/" + name).name(0)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a", "/a/b"})
  void textInNormalFormIsKeptAsItIs(String text) {
    TmpPath path = TmpPath.of(OWNER, text);

    assertThat(path).hasToString(text);
    assertThat(path.toString()).isSameAs(text);
    assertThat(path.normalize()).isSameAs(path);
  }

  @Test
  void partsAreJoinedAsTheDefaultProviderJoinsThem() {
    String[][] all = {{"", "", ""}, {"", "/a"}, {"a", "/b", "", "c/"}, {"/", "a"}, {"", "a", "b"}};
    for (String[] parts : all) {
      String[] more = Arrays.copyOfRange(parts, 1, parts.length);

      assertThat(TmpPath.of(OWNER, parts[0], more)).hasToString(Path.of(parts[0], more).toString());
    }
  }

  @Test
  void nameIsAppendedWithoutBeingParsed() {
    assertThat(TmpPath.of(OWNER, "").resolveName("x")).hasToString("x");
    assertThat(TmpPath.of(OWNER, "/").resolveName("x")).hasToString("/x");
    assertThat(TmpPath.of(OWNER, "a/b").resolveName("x")).hasToString("a/b/x");
  }

  @Test
  void namesAreMadeOnce() {
    TmpPath path = TmpPath.of(OWNER, "/a/b");

    assertThat(path.name(1)).isEqualTo("b").isSameAs(path.name(1));
    assertThatThrownBy(() -> path.name(2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> path.name(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pathOfAnotherProviderIsRefused() {
    TmpPath path = TmpPath.of(OWNER, "a");

    assertThatThrownBy(() -> path.resolve(FOREIGN)).isInstanceOf(ProviderMismatchException.class);
    assertThatThrownBy(() -> path.relativize(FOREIGN))
        .isInstanceOf(ProviderMismatchException.class);
    assertThatThrownBy(() -> path.compareTo(FOREIGN)).isInstanceOf(ClassCastException.class);
    assertThat(TmpPath.of(OWNER, "/a").startsWith(FOREIGN)).isFalse();
    assertThat(TmpPath.of(OWNER, "/a").endsWith(FOREIGN)).isFalse();
    assertThat((Object) TmpPath.of(OWNER, "/a")).isNotEqualTo(FOREIGN);
  }

  @Test
  void pathsOfTwoFileSystemsDiffer() {
    TmpPath one = TmpPath.of(OWNER, "/a");
    TmpPath two = TmpPath.of(OTHER_OWNER, "/a");

    assertThat(one).isNotEqualTo(two);
    assertThat(one.compareTo(two)).isEqualTo(-two.compareTo(one)).isNotZero();
    assertThat(one.startsWith(two)).isFalse();
    assertThat(one.endsWith(two)).isFalse();
    assertThatThrownBy(() -> one.relativize(two)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void relativePathOfAnotherFileSystemIsTakenOver() {
    TmpPath base = TmpPath.of(OWNER, "/a");

    assertThat(base.resolve(TmpPath.of(OTHER_OWNER, "b"))).isEqualTo(TmpPath.of(OWNER, "/a/b"));
    TmpPath ofNames = TmpPath.of(OTHER_OWNER, "b").resolveName("c");
    assertThat(base.resolve(ofNames)).isEqualTo(TmpPath.of(OWNER, "/a/b/c"));
    assertThat(TmpPath.of(OWNER, "").resolve(ofNames)).isEqualTo(TmpPath.of(OWNER, "b/c"));
    assertThat(TmpPath.of(OWNER, "").resolve(TmpPath.of(OTHER_OWNER, "b")))
        .isEqualTo(TmpPath.of(OWNER, "b"));
    assertThat(base.resolve(TmpPath.of(OTHER_OWNER, "/b")))
        .isEqualTo(TmpPath.of(OTHER_OWNER, "/b"));
  }

  @Test
  void orderIsThatOfTheBytes() {
    String[] texts = {"a", "\u00E9", "\u3042", "\uD7FF", "\uE000", "\uFFFD", "\uD83D\uDE00", "a/b"};
    for (String left : texts) {
      for (String right : texts) {
        int expected =
            Arrays.compareUnsigned(
                left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

        assertThat(TmpPath.of(OWNER, left).compareTo(TmpPath.of(OWNER, right)))
            .as("%s, %s", left, right)
            .matches(order -> Integer.signum(order) == Integer.signum(expected));
      }
    }
  }

  @Test
  void theWholeOfAPathIsThatPath() {
    TmpPath path = TmpPath.of(OWNER, "a");

    assertThat(path.getFileName()).isSameAs(path);
    assertThat(path.subpath(0, 1)).isSameAs(path);
  }

  @Test
  void pathsHaveDifferentHashCodes() {
    assertThat(IntStream.range(0, 100).map(i -> TmpPath.of(OWNER, "/a/" + i).hashCode()).distinct())
        .hasSizeGreaterThan(50);
  }

  @Test
  void lookUpOfARelativePathStartsElsewhereThanAtTheRoot() {
    assertThat(TmpPath.of(OWNER, "/a").start("root", "elsewhere")).isEqualTo("root");
    assertThat(TmpPath.of(OWNER, "a").start("root", "elsewhere")).isEqualTo("elsewhere");
  }

  @Test
  void relativePathStartsAtTheRoot() {
    assertThat(TmpPath.of(OWNER, "a").toAbsolutePath()).hasToString("/a");
    assertThat(TmpPath.of(OWNER, "").toAbsolutePath()).hasToString("/");
    assertThat(TmpPath.of(OWNER, "a").toUri()).hasToString("tmp://one/a");
  }

  /** Around the depth from which a path no longer keeps an array of its names. */
  @ParameterizedTest
  @ValueSource(ints = {62, 63, 64, 65, 66, 200})
  void aDeepPathMadeNameByNameIsTheOneMadeOfItsText(int depth) {
    for (String start : new String[] {"/", ""}) {
      TmpPath names = TmpPath.of(OWNER, start);
      StringBuilder written = new StringBuilder();
      for (int i = 0; i < depth; i++) {
        String name = i % 7 == 3 ? ".." : i % 11 == 5 ? "." : "n\u00e4\u65e5" + i;
        names = names.resolveName(name);
        written.append(i == 0 ? "" : "/").append(name);
      }
      TmpPath text = TmpPath.of(OWNER, start + written);

      assertThat(names).isEqualTo(text).hasSameHashCodeAs(text).hasToString(text.toString());
      assertThat(names.isAbsolute()).isEqualTo(text.isAbsolute());
      assertThat(names.names()).isEqualTo(text.names()).hasSize(depth);
      assertThat(names.getNameCount()).isEqualTo(depth);
      assertThat(names.name(depth - 1)).isEqualTo(text.name(depth - 1));
      assertThat(names.name(depth / 2)).isEqualTo(text.name(depth / 2));
      assertThat(names.getFileName()).isEqualTo(text.getFileName());
      assertThat(names.getParent()).isEqualTo(text.getParent());
      assertThat(names.getRoot()).isEqualTo(text.getRoot());
      assertThat(names.normalize()).isEqualTo(text.normalize());
      assertThat(names.subpath(1, depth)).isEqualTo(text.subpath(1, depth));
      assertThat(names.resolve("a/b")).isEqualTo(text.resolve("a/b"));
      TmpPath two = TmpPath.of(OWNER, "a").resolveName("b");
      assertThat(names.resolve(two)).isEqualTo(text.resolve(two));
      assertThat(two.resolve(names)).isEqualTo(two.resolve(text));
      assertThat(names.resolveSibling("c")).isEqualTo(text.resolveSibling("c"));
      assertThat(names.relativize(text)).isEqualTo(text.relativize(names)).hasToString("");
      assertThat(names.startsWith(text)).isTrue();
      assertThat(names.endsWith(text)).isTrue();
      assertThat(names.iterator()).toIterable().containsExactlyElementsOf(text);
      int bytes = text.toString().getBytes(StandardCharsets.UTF_8).length;
      for (TmpPath path : new TmpPath[] {names, text}) {
        assertThat(path.isLongerThan(bytes - 1)).isTrue();
        assertThat(path.isLongerThan(bytes)).isFalse();
      }
    }
  }
}
