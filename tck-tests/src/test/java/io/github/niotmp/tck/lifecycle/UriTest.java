package io.github.niotmp.tck.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriTest {

  @Test
  void threeFormsNameOnePathInTheDefaultFileSystem() {
    Path path = Path.of(URI.create("tmp:///a/b"));

    assertThat(path).hasToString("/a/b");
    assertThat(Path.of(URI.create("tmp:/a/b"))).isEqualTo(path);
    assertThat(Path.of(URI.create("tmp:a/b"))).isEqualTo(path);
    assertThat(Path.of(URI.create("TMP:/a/b"))).isEqualTo(path);
    assertThat(path.toUri()).isEqualTo(URI.create("tmp:///a/b"));
  }

  @Test
  void anAuthorityNamesAFileSystem() throws IOException {
    try (FileSystem opened = FileSystems.newFileSystem(URI.create("tmp://uri-1"), Map.of())) {
      Path path = Path.of(URI.create("tmp://uri-1/a/b"));

      assertThat(path.getFileSystem()).isSameAs(opened);
      assertThat(path.toUri()).isEqualTo(URI.create("tmp://uri-1/a/b"));
      assertThat(FileSystems.getFileSystem(URI.create("tmp://uri-1/"))).isSameAs(opened);
      assertThat(path).isNotEqualTo(Path.of(URI.create("tmp:/a/b")));
    }
  }

  @Test
  void aRelativePathHasTheUriOfItsAbsoluteForm() {
    Path path = Path.of(URI.create("tmp:/x")).getFileSystem().getPath("a b");

    assertThat(path.toUri()).isEqualTo(URI.create("tmp:///a%20b"));
  }

  @Test
  void escapesAreDecodedOnce() {
    assertThat(Path.of(URI.create("tmp:/%2541%20%C3%BC"))).hasToString("/%41 \u00fc");
    assertThat(Path.of(URI.create("tmp:/\u00fc"))).isEqualTo(Path.of(URI.create("tmp:/%C3%BC")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tmp:/a%2Fb",
        "tmp:/a%2fb",
        "tmp:/a%00b",
        "tmp:/a%FFb",
        "tmp:/a%C3",
        "tmp:/a%ED%A0%80",
        "tmp:/a?spoolThreshold=0",
        "tmp:a?spoolThreshold=0",
        "tmp:/a#b",
        "tmp://user@name/a",
        "tmp://name:80/a",
        "tmp://na%20me/a",
      })
  void uriThatNamesNoPathIsRefused(String uri) {
    assertThatThrownBy(() -> Path.of(URI.create(uri)))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank();
  }

  @Test
  void whatIsNotOpenIsNotFound() {
    assertThatThrownBy(() -> Path.of(URI.create("tmp://not-open/a")))
        .isInstanceOf(FileSystemNotFoundException.class)
        .hasMessageContaining("tmp://not-open");
    assertThatThrownBy(() -> FileSystems.getFileSystem(URI.create("tmp://not-open/")))
        .isInstanceOf(FileSystemNotFoundException.class);
  }

  @Test
  void aNameIsOpenOnce() throws IOException {
    URI uri = URI.create("tmp://once");
    try (FileSystem first = FileSystems.newFileSystem(uri, Map.of())) {
      assertThatThrownBy(() -> FileSystems.newFileSystem(uri, Map.of()))
          .isInstanceOf(FileSystemAlreadyExistsException.class)
          .hasMessageContaining("tmp://once");
      assertThat(first.isOpen()).isTrue();
    }
    try (FileSystem second = FileSystems.newFileSystem(uri, Map.of())) {
      assertThat(Files.exists(second.getPath("/"))).isTrue();
    }
  }

  @Test
  void theDefaultFileSystemIsThereAndStays() {
    FileSystem theDefault = FileSystems.getFileSystem(URI.create("tmp:///"));

    assertThat(Path.of(URI.create("tmp:/a")).getFileSystem()).isSameAs(theDefault);
    assertThatThrownBy(theDefault::close).isInstanceOf(UnsupportedOperationException.class);
    assertThat(theDefault.isOpen()).isTrue();
    assertThatThrownBy(() -> FileSystems.newFileSystem(URI.create("tmp:///"), Map.of()))
        .isInstanceOf(FileSystemAlreadyExistsException.class);
  }

  @Test
  void allInstancesOfTheProviderShareTheFileSystems() throws IOException {
    URI uri = URI.create("tmp://shared");
    try (FileSystem opened =
        FileSystems.newFileSystem(uri, Map.of(), UriTest.class.getClassLoader())) {
      FileSystemProvider another =
          ServiceLoader.load(FileSystemProvider.class).stream()
              .map(ServiceLoader.Provider::get)
              .filter(provider -> provider.getScheme().equals("tmp"))
              .findFirst()
              .orElseThrow();

      assertThat(another.getFileSystem(uri)).isSameAs(opened);
      assertThat(another.getPath(uri).getFileSystem().provider()).isSameAs(opened.provider());
    }
  }
}
