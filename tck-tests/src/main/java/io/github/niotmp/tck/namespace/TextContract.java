package io.github.niotmp.tck.namespace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.FileSystemContract;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
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
import java.util.stream.Stream;

/**
 * The contract of {@link Files} methods for text and for whole trees.
 *
 * @see Files#lines(Path, java.nio.charset.Charset)
 * @see Files#newBufferedReader(Path, java.nio.charset.Charset)
 * @see Files#writeString(Path, CharSequence, java.nio.charset.Charset, java.nio.file.OpenOption...)
 * @see Files#probeContentType
 * @see Files#walkFileTree(Path, java.util.Set, int, FileVisitor)
 */
public class TextContract extends FileSystemContract {
  private static final String TEXT = "grün\nweiß\r\nrot";
  private static final List<String> LINES = List.of("grün", "weiß", "rot");

  @ContractTest
  void linesEndWithEitherEnd() throws IOException {
    Path file = Files.writeString(root().resolve("f"), TEXT);
    Path latin = Files.write(root().resolve("latin"), LINES, ISO_8859_1);

    assertThat(Files.readAllLines(file)).isEqualTo(LINES);
    assertThat(Files.readAllLines(latin, ISO_8859_1)).isEqualTo(LINES);
    try (Stream<String> lines = Files.lines(file)) {
      assertThat(lines).containsExactlyElementsOf(LINES);
    }
    try (Stream<String> lines = Files.lines(latin, ISO_8859_1)) {
      assertThat(lines).containsExactlyElementsOf(LINES);
    }
  }

  @ContractTest
  void linesOfALargeFileAreAllThere() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      lines.add("line " + i);
    }
    Path file = Files.write(root().resolve("f"), lines);

    try (Stream<String> read = Files.lines(file)) {
      assertThat(read.parallel()).containsExactlyElementsOf(lines);
    }
  }

  @ContractTest
  void whatIsNotOfTheCharsetIsNotRead() throws IOException {
    Path latin = Files.writeString(root().resolve("latin"), TEXT, ISO_8859_1);

    assertThatThrownBy(() -> Files.readAllLines(latin)).isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> Files.readString(latin, UTF_8))
        .isInstanceOf(MalformedInputException.class);
    try (Stream<String> lines = Files.lines(latin)) {
      assertThatThrownBy(lines::toList).isInstanceOf(UncheckedIOException.class);
    }
  }

  @ContractTest
  void writersAndReadersHaveACharset() throws IOException {
    Path file = root().resolve("f");
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("grün\n");
    }
    try (BufferedWriter writer = Files.newBufferedWriter(file, UTF_8, APPEND)) {
      writer.write("weiß");
    }
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      assertThat(reader.readLine()).isEqualTo("grün");
      assertThat(reader.readLine()).isEqualTo("weiß");
      assertThat(reader.readLine()).isNull();
    }
    Files.writeString(file, TEXT, UTF_16);
    try (BufferedReader reader = Files.newBufferedReader(file, UTF_16)) {
      assertThat(reader.lines()).containsExactlyElementsOf(LINES);
    }
    assertThat(Files.readString(file, UTF_16)).isEqualTo(TEXT);
  }

  @ContractTest
  void theTypeIsToldByTheName() throws IOException {
    for (String name : List.of("a.txt", "a.html", "a.png", "a.unknown")) {
      assertThat(Files.probeContentType(root().resolve(name)))
          .isEqualTo(Files.probeContentType(Path.of(name)));
    }
  }

  @ContractTest
  void aWalkGoesAsDeepAsAsked() throws IOException {
    Path deep = Files.createDirectories(root().resolve("1/2/3"));
    Files.createFile(deep.resolve("f"));

    assertThat(walked(0)).containsExactly(root());
    assertThat(walked(2)).containsExactly(root(), root().resolve("1"), root().resolve("1/2"));
    assertThat(walked(Integer.MAX_VALUE)).hasSize(5).endsWith(deep.resolve("f"));
  }

  @ContractTest
  void aVisitorSeesDirectoriesAtTheDeepestLevelAsFiles() throws IOException {
    Path deep = Files.createDirectories(root().resolve("1/2/3"));
    Path file = Files.createFile(deep.resolve("f"));
    List<Path> visited = new ArrayList<>();
    FileVisitor<Path> visitor =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            visited.add(path);
            return FileVisitResult.CONTINUE;
          }
        };

    Files.walkFileTree(root(), EnumSet.noneOf(FileVisitOption.class), 3, visitor);
    Files.walkFileTree(root(), visitor);

    assertThat(visited).containsExactly(deep, file);
  }

  private List<Path> walked(int depth) throws IOException {
    try (Stream<Path> walk = Files.walk(root(), depth)) {
      return walk.toList();
    }
  }
}
