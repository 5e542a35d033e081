package io.github.niotmp.clients.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.SampleTree;
import io.github.niotmp.clients.Scenario;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.UrlResource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePropertySource;
import org.springframework.util.FileCopyUtils;
import org.springframework.util.FileSystemUtils;

@Client(name = "Spring resources", artifact = "org.springframework:spring-core")
class ResourcesTest {
  @Scenario("reads, writes and resolves by FileSystemResource(Path)")
  void usesPaths(Path root) throws Exception {
    Resource directory = Directories.resource(root);
    FileSystemResource file =
        new FileSystemResource(Files.writeString(root.resolve("file"), "before"));
    try (OutputStream out = file.getOutputStream()) {
      out.write("a text".getBytes(UTF_8));
    }
    try (WritableByteChannel channel = file.writableChannel()) {
      channel.write(ByteBuffer.wrap("A".getBytes(UTF_8)));
    }

    assertThat(file.getContentAsString(UTF_8)).isEqualTo("A text");
    assertThat(file.contentLength()).isEqualTo(6);
    assertThat(file.lastModified())
        .isEqualTo(Files.getLastModifiedTime(root.resolve("file")).toMillis());
    assertThat(file.getURI()).isEqualTo(root.resolve("file").toUri());
    assertThat(directory.createRelative("file").exists()).isTrue();
    assertThat(directory.createRelative("missing").exists()).isFalse();
    assertThat(directory.isReadable()).isFalse(); // a directory
    try (ReadableByteChannel channel = file.readableChannel()) {
      ByteBuffer first = ByteBuffer.allocate(1);
      assertThat(channel.read(first)).isEqualTo(1);
      assertThat(first.get(0)).isEqualTo((byte) 'A');
    }
  }

  @Scenario("reads by UrlResource, and by the location of a ResourceLoader")
  void usesUrls(Path root) throws Exception {
    Path file = Files.writeString(root.resolve("ein Text.txt"), "a text");
    UrlResource resource = new UrlResource(file.toUri());
    Resource located = new DefaultResourceLoader().getResource(file.toUri().toString());

    for (Resource one : new Resource[] {resource, located}) {
      assertThat(one.exists()).isTrue();
      assertThat(one.isReadable()).isTrue();
      assertThat(one.getContentAsString(UTF_8)).isEqualTo("a text");
      assertThat(one.contentLength()).isEqualTo(6);
      assertThat(one.lastModified() / 1000)
          .isEqualTo(Files.getLastModifiedTime(file).toMillis() / 1000);
      assertThat(one.getFilename()).isEqualTo("ein Text.txt");
    }
    assertThat(resource.createRelative("missing").exists()).isFalse();
  }

  @Scenario("finds resources by a pattern with `**` (PathMatchingResourcePatternResolver)")
  void findsByPattern(Path root) throws Exception {
    Path tree = SampleTree.create(root.resolve("tree"));
    Files.writeString(tree.resolve("a/b/other.html"), "other");

    Resource[] found =
        new PathMatchingResourcePatternResolver().getResources(tree.toUri() + "**/*.html");

    assertThat(Arrays.stream(found).map(Resource::getFilename))
        .containsExactlyInAnyOrder("index.html", "other.html");
    assertThat(found[0].contentLength()).isPositive();
  }

  @Scenario("loads properties from a location (ResourcePropertySource)")
  void loadsProperties(Path root) throws Exception {
    Path file = Files.writeString(root.resolve("application.properties"), "key=a value\n");

    assertThat(new ResourcePropertySource(file.toUri().toString()).getProperty("key"))
        .isEqualTo("a value");
  }

  @Scenario("copies and deletes trees (FileSystemUtils)")
  void copiesAndDeletesTrees(Path root) throws Exception {
    Path tree = SampleTree.create(root.resolve("tree"));
    FileSystemUtils.copyRecursively(tree, root.resolve("copy"));
    assertThat(SampleTree.contents(root.resolve("copy"))).isEqualTo(SampleTree.contents(tree));
    assertThat(FileCopyUtils.copyToByteArray(Files.newInputStream(tree.resolve("index.html"))))
        .hasSize(15);

    assertThat(FileSystemUtils.deleteRecursively(tree)).isTrue();
    assertThat(tree).doesNotExist();
  }
}
