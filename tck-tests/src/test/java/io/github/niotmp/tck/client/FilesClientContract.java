package io.github.niotmp.tck.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** The conveniences of {@link Files}. */
class FilesClientContract extends FileSystemContract {

  @ContractTest
  void walkFileTreeVisitsEveryFileAndDirectory() throws IOException {
    tree();
    List<String> seen = new ArrayList<>();
    Files.walkFileTree(
        root(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            seen.add(root().relativize(file) + " " + attributes.size());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
            assertThat(failure).isNull();
            seen.add(root().relativize(directory) + "/");
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(seen).containsExactlyInAnyOrder("a/b/one 3", "a/b/", "a/two 5", "a/", "/", "c/");
    assertThat(seen).endsWith("/").containsSubsequence("a/b/one 3", "a/b/", "a/", "/");
  }

  @ContractTest
  void walkFileTreeDeletesATree() throws IOException {
    tree();
    Path top = root().resolve("a");
    Files.walkFileTree(
        top,
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
    assertThat(top).doesNotExist();
  }

  @ContractTest
  void walkFollowingLinksNoticesALoop() throws IOException {
    tree();
    Files.createSymbolicLink(root().resolve("a/loop"), root().resolve("a"));
    List<Class<?>> failures = new ArrayList<>();
    Files.walkFileTree(
        root(),
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            failures.add(failure.getClass());
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(failures).containsExactly(FileSystemLoopException.class);
  }

  @ContractTest
  void walkAndFindStreamATree() throws IOException {
    tree();
    try (Stream<Path> walked = Files.walk(root())) {
      assertThat(walked).hasSize(6);
    }
    try (Stream<Path> found =
        Files.find(root(), 9, (path, attributes) -> attributes.isRegularFile())) {
      assertThat(found)
          .containsExactlyInAnyOrder(root().resolve("a/b/one"), root().resolve("a/two"));
    }
  }

  @ContractTest
  void mismatchFindsTheFirstDifference(@TempDir Path host) throws IOException {
    byte[] content = new byte[50_000];
    Path one = Files.write(root().resolve("one"), content);
    Path same = Files.write(host.resolve("same"), content);
    content[40_000] = 1;
    Path other = Files.write(root().resolve("other"), content);
    Path shorter = Files.write(root().resolve("shorter"), new byte[20_000]);
    assertThat(Files.mismatch(one, one)).isEqualTo(-1);
    assertThat(Files.mismatch(one, same)).isEqualTo(-1);
    assertThat(Files.mismatch(one, other)).isEqualTo(40_000);
    assertThat(Files.mismatch(shorter, one)).isEqualTo(20_000);
  }

  @ContractTest
  void linesReadsTextLazily() throws IOException {
    List<String> text = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      text.add("line " + i + " – ünïcödé");
    }
    Path file = Files.write(root().resolve("text"), text);
    try (Stream<String> lines = Files.lines(file)) {
      assertThat(lines).containsExactlyElementsOf(text);
    }
    try (Stream<String> lines = Files.lines(file)) {
      assertThat(lines.parallel().mapToInt(String::length).sum())
          .isEqualTo(text.stream().mapToInt(String::length).sum());
    }
    assertThat(Files.readAllLines(file)).isEqualTo(text);
    assertThat(Files.readString(file)).isEqualTo(String.join("\n", text) + "\n");
  }

  @ContractTest
  void bufferedReadersAndWritersWork() throws IOException {
    Path file = root().resolve("text");
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      for (int i = 0; i < 5000; i++) {
        writer.write("ß" + i + "\n");
      }
    }
    try (BufferedReader reader = Files.newBufferedReader(file, UTF_8)) {
      assertThat(reader.lines().skip(4999)).containsExactly("ß4999");
    }
  }

  @ContractTest
  void temporaryFilesCanBeCreatedInTheTree() throws IOException {
    Path file = Files.createTempFile(root(), "prefix", ".suffix");
    Path directory = Files.createTempDirectory(root(), "prefix");
    assertThat(file).isEmptyFile().hasParent(root());
    assertThat(file.getFileName().toString()).startsWith("prefix").endsWith(".suffix");
    assertThat(directory).isEmptyDirectory();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Files.createTempFile(root().resolve("missing"), "p", "s"));
  }

  @ContractTest
  @Needs(Feature.MAP)
  void aFileChannelOfAPathMaps() throws IOException {
    Path file = Files.writeString(root().resolve("file"), "mapped");
    try (FileChannel channel = FileChannel.open(file)) {
      assertThat(
              UTF_8
                  .decode(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()))
                  .toString())
          .isEqualTo("mapped");
    }
  }

  private void tree() throws IOException {
    Files.createDirectories(root().resolve("a/b"));
    Files.createDirectory(root().resolve("c"));
    Files.writeString(root().resolve("a/b/one"), "one");
    Files.writeString(root().resolve("a/two"), "twotw");
  }
}
