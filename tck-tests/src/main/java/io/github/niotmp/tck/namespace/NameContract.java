package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The contract of file names: their spelling, length and case, and the URIs of paths.
 *
 * @see Path#toUri
 * @see Path#toRealPath
 * @see java.nio.file.FileSystem#getPath
 * @see Files#isHidden
 */
@AsOnLinux
public class NameContract extends FileSystemContract {

  static List<String> plainNames() {
    return List.of("plain", "a.txt", "name-with_more2", "long".repeat(20));
  }

  /** Names with the characters that parsers of paths and URIs treat as special. */
  static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String name :
        List.of(
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
            "[x]{y}|^`<>")) {
      names.put(name.codePoints().allMatch(NameContract::isShown) ? name : escaped(name), name);
    }
    names.put("255 times x", "x".repeat(255));
    names.put("127 times \\u00fc", "\u00fc".repeat(127));
    names.put("85 times \\u65e5", "\u65e5".repeat(85));
    names.put("63 times U+1F600", "\ud83d\ude00".repeat(63));
    return names;
  }

  private static boolean isShown(int character) {
    return character >= ' ' && character < 0x7f;
  }

  private static String escaped(String name) {
    StringBuilder escaped = new StringBuilder();
    name.chars().forEach(unit -> escaped.append(String.format("\\u%04x", unit)));
    return escaped.toString();
  }

  /** Names of more than 255 bytes in UTF-8, by the length of their characters. */
  static Map<String, String> longNames() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("256 of one byte", "x".repeat(256));
    names.put("128 of two bytes", "\u00fc".repeat(128));
    names.put("128 times the first of two bytes", "\u0080".repeat(128));
    names.put("85 of three bytes and one", "\u65e5".repeat(85) + "x");
    names.put("85 times the first of three bytes and one", "\u0800".repeat(85) + "x");
    names.put("64 of four bytes", "\ud83d\ude00".repeat(64));
    return names;
  }

  @ContractTest(rows = "plainNames")
  @Required(
      by = Files.class,
      member = "newDirectoryStream(Path)",
      sentence =
          "The Path objects are obtained as if by resolving the name of the directory entry against"
              + " dir.")
  void aPlainNameIsListedAsItWasCreated(String name) throws IOException {
    assertIsListed(name);
  }

  @ContractTest(rows = "names")
  @Needs(Feature.NAMES_AS_GIVEN)
  void aNameIsListedAsItWasCreated(String name) throws IOException {
    assertIsListed(name);
  }

  private void assertIsListed(String name) throws IOException {
    Path file = Files.writeString(root().resolve(name), name);

    try (Stream<Path> listing = Files.list(root())) {
      assertThat(listing).containsExactly(file);
    }
    assertThat(file.getFileName()).hasToString(name);
    assertThat(Files.readString(file)).isEqualTo(name);
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "toUri()",
      sentence =
          "This method constructs an absolute URI with a scheme equal to the URI scheme that"
              + " identifies the provider.")
  void aUriHasTheSchemeOfTheProvider() throws IOException {
    FileSystemProvider provider = fileSystem().provider();
    Path relative = fileSystem().getPath("a");

    for (Path path : List.of(Files.createFile(root().resolve("f")), root(), relative)) {
      assertThat(path.toUri().isAbsolute()).as("%s", path).isTrue();
      assertThat(path.toUri().getScheme())
          .as("%s", path)
          .isEqualToIgnoringCase(provider.getScheme());
    }
  }

  @ContractTest(rows = "names")
  @Needs(Feature.NAMES_AS_GIVEN)
  void theProviderFindsAPathByItsUri(String name) throws IOException {
    Path directory = Files.createDirectory(root().resolve("a directory"));
    Path file = Files.createFile(directory.resolve(name));

    URI uri = file.toUri();

    assertThat(fileSystem().provider().getPath(uri)).isEqualTo(file);
    assertThat(uri.toString()).matches("[\\x21-\\x7e]+");
    assertThat(uri.getRawQuery()).isNull();
    assertThat(uri.getRawFragment()).isNull();
  }

  @ContractTest(rows = "names")
  @Needs({Feature.NAMES_AS_GIVEN, Feature.INSTALLED})
  void pathOfFindsAPathByItsUri(String name) throws IOException {
    Path file = Files.createFile(root().resolve(name));

    assertThat(Path.of(file.toUri())).isEqualTo(file);
    assertThat(Path.of(URI.create(file.toUri().toString()))).isEqualTo(file);
  }

  @ContractTest
  void theUriOfADirectoryEndsWithASlash() throws IOException {
    Path directory = Files.createDirectory(root().resolve("dir"));

    assertThat(directory.toUri().toString()).endsWith("dir/");
    assertThat(directory.toUri().resolve("x")).isEqualTo(directory.resolve("x").toUri());
    assertThat(fileSystem().provider().getPath(directory.toUri())).isEqualTo(directory);
  }

  @ContractTest
  void theUriOfAMissingFileHasNoSlashAtTheEnd() {
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

  /** It runs on file systems that compare names without regard to case. */
  @ContractTest
  @Required(
      by = Path.class,
      member = "toRealPath(LinkOption...)",
      sentence =
          "where filename comparisons on a file system are case insensitive then the name elements"
              + " represent the names in their actual case.")
  void theRealPathHasTheNamesInTheirActualCase() throws IOException {
    Path directory = Files.createDirectory(root().resolve("Directory"));
    Path file = Files.createFile(directory.resolve("File"));
    Path other = root().resolve("dIRECTORY").resolve("fILE");
    assumeTrue(Files.exists(other), () -> subject() + " compares names with regard to case");

    Path real = other.toRealPath();

    assertThat(real.getFileName()).hasToString("File");
    assertThat(Objects.requireNonNull(real.getParent()).getFileName()).hasToString("Directory");
    assertThat(Files.isSameFile(file, other)).isTrue();
  }

  /** It runs on file systems that compare names without regard to case. */
  @ContractTest
  @Required(
      by = Files.class,
      member = "createFile(Path,FileAttribute...)",
      sentence = "Creates a new and empty file, failing if the file already exists.")
  void aNameInAnotherCaseIsThatOfTheSameFile() throws IOException {
    Path file = Files.writeString(root().resolve("File"), "text");
    Path other = root().resolve("fILE");
    assumeTrue(Files.exists(other), () -> subject() + " compares names with regard to case");

    assertThatThrownBy(() -> Files.createFile(other)).isInstanceOf(IOException.class);
    assertThat(Files.readString(other)).isEqualTo("text");
    try (Stream<Path> listing = Files.list(root())) {
      assertThat(listing).hasSize(1);
    }
    Files.delete(other);
    assertThat(Files.exists(file)).isFalse();
  }

  @ContractTest(rows = "longNames")
  @Needs(Feature.NAMES_OF_255_BYTES)
  void aNameOfMoreThan255BytesIsParsedAndRefusedByEachOtherCall(String name) {
    Path path = root().resolve(name);

    assertThatThrownBy(() -> Files.createFile(path)).isExactlyInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.createDirectory(path))
        .isExactlyInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.size(path)).isExactlyInstanceOf(FileSystemException.class);
    assertThat(Files.exists(path)).isFalse();
  }

  @ContractTest
  void nulAndLoneSurrogatesAreNoPartOfAName() {
    for (String name : List.of("a\u0000b", "a\ud800b", "\udc00")) {
      assertThatThrownBy(() -> root().resolve(name))
          .as(escaped(name))
          .isInstanceOf(InvalidPathException.class);
      assertThatThrownBy(() -> fileSystem().getPath("a", name))
          .as(escaped(name))
          .isInstanceOf(InvalidPathException.class);
    }
  }

  @ContractTest
  void aNameThatBeginsWithADotIsHidden() throws IOException {
    assertThat(Files.isHidden(Files.createFile(root().resolve(".profile")))).isTrue();
    assertThat(Files.isHidden(Files.createFile(root().resolve("profile")))).isFalse();
    assertThat(Files.isHidden(fileSystem().getPath("/"))).isFalse();
  }
}
