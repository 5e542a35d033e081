package io.github.niotmp.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TmpUrisTest {
  private final TmpFileSystemProvider provider = new TmpFileSystemProvider();

  @ParameterizedTest
  @CsvSource({
    "tmp:/a/b, /a/b",
    "tmp:///a/b, /a/b",
    "tmp:a/b, /a/b",
    "TMP:///a, /a",
    "tmp:///, /",
    "tmp:/, /",
    "tmp:a%3Ab, /a:b",
    "tmp:a:b, /a:b",
    "tmp:///a//b/, /a//b/",
    "tmp:///%C3%A9%E2%82%AC%F0%9F%98%80, /\u00e9\u20ac\ud83d\ude00",
    "tmp:///\u00e9, /\u00e9",
    "tmp:///%25%23%3f, /%#?",
    "tmp:///%41%c3%a9%42, /A\u00e9B",
    "tmp://name, /",
    "tmp://name/, /",
    "tmp://name/a, /a",
  })
  void aUriNamesAPath(String uri, String path) {
    assertThat(TmpUris.path(URI.create(uri))).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({"tmp:/a,", "tmp:///a,", "tmp:a,", "tmp://n/a, n", "tmp://A.b_c-9, A.b_c-9"})
  void anAuthorityNamesAFileSystem(String uri, String name) {
    assertThat(TmpUris.fileSystemName(URI.create(uri))).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tmp://user@name/a",
        "tmp://name:80/a",
        "tmp://name:/a",
        "tmp://a%20b/a",
        "tmp://[::1]/a",
        "tmp://a+b/a",
        "tmp://\u00e9/a"
      })
  void anInvalidAuthorityIsRefusedWithTheAllowedCharacters(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TmpUris.fileSystemName(URI.create(uri)))
        .withMessageContaining(uri)
        .withMessageContaining("allowed are letters, digits, '.', '_', '-'");
  }

  @ParameterizedTest
  @CsvSource({
    "tmp:///a?b, URI has a query component",
    "tmp:a?b, URI has a query component",
    "tmp:?b, URI has a query component",
    "tmp:///a?, URI has a query component",
    "tmp:///a#b, URI has a fragment component",
    "tmp:a#b, URI has a fragment component",
    "tmp:///a%2fb, a name cannot contain a slash",
    "tmp:a%2Fb, a name cannot contain a slash",
    "tmp:///%C3, not UTF-8",
    "tmp:///%C3x%A9, not UTF-8",
    "tmp:///%C0%80, not UTF-8",
    "tmp:///%ED%A0%80, not UTF-8",
    "tmp:///%FF, not UTF-8",
    "file:///a, the scheme is not 'tmp'"
  })
  void aUriThatNamesNoPathIsRefused(String uri, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TmpUris.path(URI.create(uri)))
        .withMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tmp:///a%00b", "tmp:///a\ud800b", "tmp:a%00"})
  void aUriOfAnInvalidPathIsRefused(String uri) {
    assertThatIllegalArgumentException().isThrownBy(() -> provider.getPath(URI.create(uri)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tmp://n/a", "tmp://n/a/", "tmp://n//", "tmp:a", "tmp://n#f", "tmp://n/#"})
  void aUriWithAPathOrAFragmentNamesNoFileSystem(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> provider.getFileSystem(URI.create(uri)))
        .withMessageContaining(uri);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> provider.newFileSystem(URI.create(uri), Map.of()))
        .withMessageContaining(uri);
  }

  @Test
  void getFileSystemRefusesAQuery() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> provider.getFileSystem(URI.create("tmp://n?maxSize=1")))
        .withMessageContaining("URI has a query component");
  }

  @Test
  void everyNameSurvivesTheRoundTrip() throws IOException {
    try (FileSystem fileSystem = open("round-trip")) {
      for (int c = 1; c < 0x3000; c++) {
        if (c != '/') {
          checkRoundTrip(fileSystem.getPath("/x" + Character.toString(c)));
        }
      }
      Random random = new Random(5);
      for (int i = 0; i < 2_000; i++) {
        checkRoundTrip(fileSystem.getPath("/" + name(random) + "/" + name(random)));
      }
      for (String name : new String[] {"%41", "a%2Fb", ":a", "...", " ", "\\", "a b#c?d%"}) {
        checkRoundTrip(fileSystem.getPath("/", name));
      }
    }
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    while (name.length() < 5) {
      int c = 1 + random.nextInt(Character.MAX_CODE_POINT);
      if (c != '/' && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)) {
        name.appendCodePoint(c);
      }
    }
    return name.toString();
  }

  private void checkRoundTrip(Path path) {
    URI uri = path.toUri();
    assertThat(uri.toString()).as(path.toString()).matches("tmp://round-trip/[!-~]*");
    assertThat(provider.getPath(uri)).isEqualTo(path).hasToString(path.toString());
    assertThat(provider.getPath(URI.create(uri.toString()))).isEqualTo(path);
    assertThat(uri.getPath().getBytes(StandardCharsets.UTF_8))
        .isEqualTo(path.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theUriOfADirectoryEndsWithASlash() throws IOException {
    try (FileSystem fileSystem = open("slash")) {
      Path directory = Files.createDirectory(fileSystem.getPath("/d"));
      Path link = Files.createSymbolicLink(fileSystem.getPath("/l"), directory);
      Path file = Files.createFile(directory.resolve("f"));

      assertThat(directory.toUri()).hasToString("tmp://slash/d/");
      assertThat(link.toUri()).hasToString("tmp://slash/l/");
      assertThat(file.toUri()).hasToString("tmp://slash/d/f");
      assertThat(fileSystem.getPath("/missing").toUri()).hasToString("tmp://slash/missing");
      assertThat(fileSystem.getPath("/").toUri()).hasToString("tmp://slash/");
      assertThat(fileSystem.getPath("d").toUri()).hasToString("tmp://slash/d/");
    }
  }

  @Test
  void aPathThatCannotBeLookedUpHasTheUriOfAFile() throws IOException {
    try (FileSystem fileSystem = open("loop")) {
      Path loop = fileSystem.getPath("/l");
      Files.createSymbolicLink(loop, loop);

      assertThat(loop.toUri()).hasToString("tmp://loop/l");
      assertThat(loop.resolve("below").toUri()).hasToString("tmp://loop/l/below");
    }
  }

  @Test
  void charactersThatAUriPathAllowsAreNotEscaped() throws IOException {
    String plain = "azAZ09-._~!$&'()*+,;=:@";
    try (FileSystem fileSystem = open("plain")) {
      assertThat(fileSystem.getPath("/" + plain).toUri()).hasToString("tmp://plain/" + plain);
    }
  }

  @Test
  void theDefaultFileSystemHasNoName() {
    Path path = provider.getPath(URI.create("tmp:a%20b"));

    assertThat(path.toUri()).hasToString("tmp:///a%20b");
    assertThat(provider.getPath(path.toUri())).isEqualTo(path);
  }

  private FileSystem open(String name) throws IOException {
    return provider.newFileSystem(URI.create("tmp://" + name), Map.of());
  }
}
