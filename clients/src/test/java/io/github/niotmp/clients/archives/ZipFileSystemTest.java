package io.github.niotmp.clients.archives;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.SampleTree;
import io.github.niotmp.clients.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

@Client(name = "jdk.zipfs")
class ZipFileSystemTest {
  private static final Map<String, String> CREATE = Map.of("create", "true");

  @Scenario("creates a zip, updates it in place and reads it")
  void createsAndUpdatesAZip(Path root) throws IOException {
    Path tree = SampleTree.create(root.resolve("tree"));
    Path zip = root.resolve("archive.zip");
    try (FileSystem archive = FileSystems.newFileSystem(zip, CREATE)) {
      copy(tree, archive.getPath("/tree"));
    }
    try (FileSystem archive = FileSystems.newFileSystem(zip)) {
      assertThat(SampleTree.contents(archive.getPath("/tree")))
          .isEqualTo(SampleTree.contents(tree));
      Files.delete(archive.getPath("/tree/empty"));
      Files.writeString(archive.getPath("/tree/added"), "added");
    }

    Files.delete(tree.resolve("empty"));
    Files.writeString(tree.resolve("added"), "added");
    try (FileSystem archive = FileSystems.newFileSystem(zip)) {
      assertThat(SampleTree.contents(archive.getPath("/tree")))
          .isEqualTo(SampleTree.contents(tree));
    }
    try (Stream<Path> left = Files.list(root)) {
      assertThat(left).containsExactlyInAnyOrder(tree, zip);
    }
  }

  @Scenario("reads a zip within a zip")
  void readsAZipWithinAZip(Path root) throws IOException {
    Path outer = root.resolve("outer.zip");
    Path inner = root.resolve("inner.zip");
    try (FileSystem archive = FileSystems.newFileSystem(inner, CREATE)) {
      Files.write(archive.getPath("large"), SampleTree.bytes(300_000));
    }
    try (FileSystem archive = FileSystems.newFileSystem(outer, CREATE)) {
      Files.copy(inner, archive.getPath("inner.zip"));
    }

    try (FileSystem archive = FileSystems.newFileSystem(outer);
        FileSystem nested = FileSystems.newFileSystem(archive.getPath("inner.zip"))) {
      assertThat(nested.getPath("large")).hasBinaryContent(SampleTree.bytes(300_000));
    }
  }

  @Scenario("keeps what it writes in temporary files instead of the heap")
  void usesTemporaryFiles(Path root) throws IOException {
    Path zip = root.resolve("archive.zip");
    Map<String, Object> onDisk = Map.of("create", "true", "useTempFile", true);
    try (FileSystem archive = FileSystems.newFileSystem(zip, onDisk)) {
      Files.write(archive.getPath("large"), SampleTree.bytes(300_000));
    }
    try (FileSystem archive = FileSystems.newFileSystem(zip)) {
      assertThat(archive.getPath("large")).hasBinaryContent(SampleTree.bytes(300_000));
    }
  }

  @Scenario("opens a zip by a jar: URI")
  void opensAZipByUri(Path root) throws IOException {
    Path zip = root.resolve("archive.zip");
    URI uri = URI.create("jar:" + zip.toUri());
    try (FileSystem archive = FileSystems.newFileSystem(uri, CREATE)) {
      Files.writeString(archive.getPath("text"), "a text");
    }
    try (FileSystem archive = FileSystems.newFileSystem(uri, Map.of())) {
      assertThat(archive.getPath("text")).hasContent("a text");
    }
  }

  @Scenario("reads an entry by a jar: URL")
  void readsAnEntryByUrl(Path root) throws IOException {
    Path zip = root.resolve("archive.zip");
    try (FileSystem archive = FileSystems.newFileSystem(zip, CREATE)) {
      Files.writeString(archive.getPath("text"), "a text");
    }
    URLConnection connection = URI.create("jar:" + zip.toUri() + "!/text").toURL().openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      assertThat(in).hasContent("a text");
      assertThat(((JarURLConnection) connection).getEntryName()).isEqualTo("text");
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path source : (Iterable<Path>) tree::iterator) {
        Files.copy(source, to.resolve(from.relativize(source).toString()));
      }
    }
  }
}
