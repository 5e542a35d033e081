package io.github.niotmp.tck.input;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.provider.CsvSource;

/** Two texts are paths, as they are to the default provider, or are refused as there. */
@EnabledOnOs(OS.LINUX)
class PathFuzzTest {
  private static final FileSystem ORACLE = FileSystems.getDefault();

  private static FileSystem fileSystem;

  @BeforeAll
  static void open() throws IOException {
    fileSystem = FileSystems.newFileSystem(URI.create("tmp://path-fuzz"), Map.of());
  }

  @AfterAll
  static void close() throws IOException {
    fileSystem.close();
  }

  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  @CsvSource({
    "'', '', 0, 0",
    "/, /, 0, 1",
    "/a/b, a/b/c, 1, 2",
    "//a/./b/../c/, ../x, 0, 3",
    "a/.., '', -1, 5",
    "..., ./.., 0, 1",
    "/a/../.., a//b, 2, 1",
    "é\ud83d\ude00/ü, \ue000\ue001, 0, 2",
    "\ue000, a, 0, 1",
    "a\ue001b, /a, 0, 1",
    "a\0, ' ', 0, 1",
    "' %41\n', '\\', 0, 1",
  })
  @FuzzTest
  void textIsAPathAsItIsToTheDefaultProviderOrIsRefused(
      @NotNull String first, @NotNull String second, int begin, int end) {
    String left = Surrogates.in(first);
    String right = Surrogates.in(second);
    Law.same(
        answers(fileSystem, left, right, begin, end), answers(ORACLE, left, right, begin, end));
    Answer parsed = Answer.of(() -> fileSystem.getPath(left, right), InvalidPathException.class);
    if (parsed.value() instanceof Path path) {
      checkOne(path);
      Answer other = Answer.of(() -> fileSystem.getPath(right), InvalidPathException.class);
      if (other.value() instanceof Path that) {
        checkTwo(path, that);
        checkTwo(that, path);
      }
    }
  }

  private static Map<String, String> answers(
      FileSystem fileSystem, String left, String right, int begin, int end) {
    Answer first = Answer.of(() -> fileSystem.getPath(left));
    Answer second = Answer.of(() -> fileSystem.getPath(right));
    Answer both = Answer.of(() -> fileSystem.getPath(left, right));
    Map<String, String> answers = new LinkedHashMap<>();
    answers.put("first", first.toString());
    answers.put("second", second.toString());
    answers.put("both", both.toString());
    if (first.value() instanceof Path path) {
      answers.put("root", Answer.of(path::getRoot).toString());
      answers.put("file name", Answer.of(path::getFileName).toString());
      answers.put("parent", Answer.of(path::getParent).toString());
      answers.put("names", Answer.of(() -> names(path)).toString());
      answers.put("normalized", Answer.of(path::normalize).toString());
      answers.put("subpath", Answer.of(() -> path.subpath(begin, end)).toString());
      answers.put("name", Answer.of(() -> path.getName(begin)).toString());
      answers.put("resolved", Answer.of(() -> path.resolve(right)).toString());
      answers.put("sibling", Answer.of(() -> path.resolveSibling(right)).toString());
      answers.put("starts", Answer.of(() -> path.startsWith(right)).toString());
      answers.put("ends", Answer.of(() -> path.endsWith(right)).toString());
      if (second.value() instanceof Path other) {
        answers.put("relative", Answer.of(() -> path.relativize(other)).toString());
        answers.put("order", String.valueOf(Integer.signum(path.compareTo(other))));
      }
    }
    return answers;
  }

  private static void checkOne(Path path) {
    Path again = fileSystem.getPath(path.toString());
    Law.same(again, path);
    Law.same(again.hashCode(), path.hashCode());
    Law.same(path.normalize().normalize(), path.normalize());
    Law.same(path.toAbsolutePath(), fileSystem.getPath("/").resolve(path));
    Law.same(Path.of(path.toUri()), path.toAbsolutePath());
    Law.same(path.relativize(path).toString(), "");
    Law.same(names(path).size(), path.getNameCount());
    Path parent = path.getParent();
    if (parent != null) {
      Law.same(parent.resolve(path.getFileName()), path);
    }
    if (path.getNameCount() > 0) {
      Path all = path.subpath(0, path.getNameCount());
      Law.same(path.isAbsolute() ? path.getRoot().resolve(all) : all, path);
      Law.holds(path.endsWith(all), path, all);
    }
  }

  private static void checkTwo(Path one, Path other) {
    Law.same(one.equals(other), one.toString().equals(other.toString()));
    Law.same(one.compareTo(other) == 0, one.equals(other));
    Law.same(Integer.signum(one.compareTo(other)), -Integer.signum(other.compareTo(one)));
    Path base = one.normalize();
    Path target = other.normalize();
    if (!target.isAbsolute() && !target.startsWith("..")) {
      Law.same(base.relativize(base.resolve(target)), target);
    }
    Law.holds(!one.startsWith(other) || one.getNameCount() >= other.getNameCount(), one, other);
  }

  private static List<Path> names(Path path) {
    List<Path> names = new ArrayList<>();
    path.forEach(names::add);
    return names;
  }
}
