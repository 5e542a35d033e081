package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The contract of file names: the characters and lengths that a name may have.
 *
 * @see Path#toUri
 * @see java.nio.file.FileSystem#getPath
 * @see Files#isHidden
 */
public class NameContract extends FileSystemContract {

  static List<String> names() {
    return List.of(
        "plain",
        "with space",
        "100%",
        "%41",
        "a#b",
        "a?b=c&d",
        "a:b",
        ":",
        "~",
        "-",
        "...",
        "\\",
        "*",
        "\"'",
        "\u0001\t\n\r\u007f",
        "\u00fc\u00df",
        "\u65e5\u672c",
        "\ud83d\ude00",
        "e\u0301",
        "\u202e",
        "a;b+c,d@e",
        "[x]{y}|^`<>",
        "x".repeat(255),
        "\u00fc".repeat(127),
        "\u65e5".repeat(85),
        "\ud83d\ude00".repeat(63));
  }

  @ContractTest(rows = "names")
  @Needs(Feature.NAMES_AS_GIVEN)
  void aNameIsFoundAgainInTheListing(String name) throws IOException {
    Path file = Files.writeString(root().resolve(name), name);

    try (Stream<Path> listing = Files.list(root())) {
      assertThat(listing).containsExactly(file);
    }
    assertThat(file.getFileName()).hasToString(name);
    assertThat(Files.readString(file)).isEqualTo(name);
  }

  @ContractTest(rows = "names")
  @Needs(Feature.NAMES_AS_GIVEN)
  void theUriOfANameLeadsBackToIt(String name) throws IOException {
    Path directory = Files.createDirectory(root().resolve("a directory"));
    Path file = Files.createFile(directory.resolve(name));

    URI uri = file.toUri();

    assertThat(Path.of(uri)).isEqualTo(file);
    assertThat(Path.of(URI.create(uri.toString()))).isEqualTo(file);
    assertThat(uri.toString()).matches("[\\x21-\\x7e]+");
    assertThat(uri.getRawQuery()).isNull();
    assertThat(uri.getRawFragment()).isNull();
  }

  @ContractTest
  void theUriOfADirectoryEndsWithASlash() throws IOException {
    Path directory = Files.createDirectory(root().resolve("dir"));

    assertThat(directory.toUri().toString()).endsWith("dir/");
    assertThat(directory.toUri().resolve("x")).isEqualTo(directory.resolve("x").toUri());
    assertThat(Path.of(directory.toUri())).isEqualTo(directory);
  }

  @ContractTest
  void theUriOfWhatIsNotThereHasNoSlashAtTheEnd() {
    assertThat(root().resolve("missing").toUri().toString()).endsWith("/missing");
  }

  @ContractTest
  @Needs(Feature.NAMES_AS_GIVEN)
  void namesThatDifferInCaseOrCompositionAreDifferent() throws IOException {
    Files.writeString(root().resolve("a"), "small");
    Files.writeString(root().resolve("A"), "large");
    Files.writeString(root().resolve("\u00e9"), "composed");
    Files.writeString(root().resolve("e\u0301"), "decomposed");

    assertThat(Files.readString(root().resolve("a"))).isEqualTo("small");
    assertThat(Files.readString(root().resolve("\u00e9"))).isEqualTo("composed");
    try (Stream<Path> listing = Files.list(root())) {
      assertThat(listing).hasSize(4);
    }
  }

  @ContractTest
  @Needs(Feature.NAMES_OF_255_BYTES)
  void aNameOfMoreThan255BytesIsRefusedByEachCallButTheParsing() {
    Path longName = root().resolve("x".repeat(256));
    Path longInBytes = root().resolve("\u00fc".repeat(128));
    Path longInFewer = root().resolve("\u65e5".repeat(85) + "x");
    Path longInFirstOfTwo = root().resolve("\u0080".repeat(128));
    Path longInFirstOfThree = root().resolve("\u0800".repeat(85) + "x");
    Path longInPairs = root().resolve("\ud83d\ude00".repeat(64));

    assertThatThrownBy(() -> Files.createFile(longName))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(longName + ": File name too long");
    assertThatThrownBy(() -> Files.createDirectory(longInBytes))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(longInBytes + ": File name too long");
    for (Path path : List.of(longInFewer, longInFirstOfTwo, longInFirstOfThree, longInPairs)) {
      assertThatThrownBy(() -> Files.createFile(path))
          .isExactlyInstanceOf(FileSystemException.class)
          .hasMessage(path + ": File name too long");
    }
    assertThatThrownBy(() -> Files.size(longName))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(longName + ": File name too long");
    assertThat(Files.exists(longName)).isFalse();
  }

  @ContractTest
  void nulAndLoneSurrogatesAreNoPartOfAName() {
    assertThatThrownBy(() -> root().resolve("a\u0000b")).isInstanceOf(InvalidPathException.class);
    assertThatThrownBy(() -> root().resolve("a\ud800b")).isInstanceOf(InvalidPathException.class);
    assertThatThrownBy(() -> fileSystem().getPath("a", "\udc00"))
        .isInstanceOf(InvalidPathException.class);
  }

  @ContractTest
  void aNameThatBeginsWithADotIsHidden() throws IOException {
    assertThat(Files.isHidden(Files.createFile(root().resolve(".profile")))).isTrue();
    assertThat(Files.isHidden(Files.createFile(root().resolve("profile")))).isFalse();
    assertThat(Files.isHidden(fileSystem().getPath("/"))).isFalse();
  }
}
