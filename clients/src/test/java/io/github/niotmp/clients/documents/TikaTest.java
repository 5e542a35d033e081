package io.github.niotmp.clients.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.Limit;
import io.github.niotmp.clients.SampleTree;
import io.github.niotmp.clients.Scenario;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.tika.Tika;
import org.apache.tika.io.TemporaryResources;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;

@Client(name = "Tika", artifact = "org.apache.tika:tika-core")
class TikaTest {
  private static final byte[] CONTENT = SampleTree.bytes(300_000);

  @Scenario("detects types by content and by name")
  void detectsTypes(Path root) throws IOException {
    Tika tika = new Tika();
    Path png =
        Files.write(
            root.resolve("unnamed"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});

    assertThat(tika.detect(png)).isEqualTo("image/png");
    assertThat(tika.detect(Files.createFile(root.resolve("page.html")))).isEqualTo("text/html");
    assertThat(tika.detect(png.toUri().toURL())).isEqualTo("image/png");
  }

  @Scenario("reads a file by its path, its channel and its URL")
  void readsAFile(Path root) throws IOException {
    Path file = Files.write(root.resolve("file"), CONTENT);
    Metadata metadata = new Metadata();
    try (TikaInputStream in = TikaInputStream.get(file, metadata);
        FileChannel channel = in.getFileChannel();
        TikaInputStream byUrl = TikaInputStream.get(file.toUri().toURL())) {
      assertThat(metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY)).isEqualTo("file");
      assertThat(in.getPath()).isEqualTo(file);
      assertThat(in.getLength()).isEqualTo(300_000);
      ByteBuffer content = ByteBuffer.allocate(300_000);
      while (content.hasRemaining() && channel.read(content) >= 0) {}
      assertThat(content.array()).isEqualTo(CONTENT);
      assertThat(in.readAllBytes()).isEqualTo(CONTENT);
      assertThat(byUrl.readAllBytes()).isEqualTo(CONTENT);
    }
  }

  @Scenario("spools a stream into a temporary file")
  void spoolsAStream(Path root) throws IOException {
    Path temporary = Files.createDirectory(root.resolve("temporary"));
    try (TemporaryResources resources = new TemporaryResources()) {
      resources.setTemporaryFileDirectory(temporary);
      TikaInputStream in =
          TikaInputStream.get(new ByteArrayInputStream(CONTENT), resources, new Metadata());
      assertThat(in.getPath()).hasParent(temporary).hasBinaryContent(CONTENT);
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Limit(
      of = "Tika",
      asks = "org.apache.tika.detect.zip.DefaultZipContainerDetector.detectZipFormatOnFile")
  @Scenario("parses a zip by its path")
  void parsesAZipByPath(Path root) throws Exception {
    assertThat(new Tika().parseToString(zip(root))).contains("text.txt");
  }

  @Scenario("parses a zip as a stream")
  void parsesAZipAsAStream(Path root) throws Exception {
    try (InputStream in = Files.newInputStream(zip(root))) {
      assertThat(new Tika().parseToString(in)).contains("text.txt");
    }
  }

  private static Path zip(Path root) throws IOException {
    Path zip = root.resolve("archive.zip");
    try (FileSystem archive = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Files.writeString(archive.getPath("text.txt"), "a text");
    }
    return zip;
  }
}
