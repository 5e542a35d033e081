package io.github.niotmp.clients.files;

import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.common.io.ByteSource;
import com.google.common.io.MoreFiles;
import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.SampleTree;
import io.github.niotmp.clients.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

@Client(name = "Guava MoreFiles", artifact = "com.google.guava:guava")
class GuavaTest {
  @Scenario("deletes a tree securely, without following links")
  void deletesSecurely(Path root) throws IOException {
    Path outside = Files.createDirectory(root.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "kept");
    Path tree = SampleTree.create(root.resolve("tree"));
    Files.createSymbolicLink(tree.resolve("link"), outside);

    MoreFiles.deleteRecursively(tree);

    assertThat(tree).doesNotExist();
    assertThat(outside.resolve("kept")).hasContent("kept");
  }

  @Scenario("deletes the contents of a directory and keeps the directory")
  void deletesContents(Path root) throws IOException {
    Path tree = SampleTree.create(root.resolve("tree"));

    MoreFiles.deleteDirectoryContents(tree);

    assertThat(tree).isEmptyDirectory();
    MoreFiles.deleteRecursively(tree, ALLOW_INSECURE);
    assertThat(tree).doesNotExist();
  }

  @Scenario("reads, hashes, slices and writes files as sources and sinks")
  void readsAndWrites(Path root) throws IOException {
    byte[] content = SampleTree.bytes(300_000);
    Path file = root.resolve("below").resolve("deeper").resolve("file");
    MoreFiles.createParentDirectories(file);

    MoreFiles.asByteSink(file).write(content);
    ByteSource source = MoreFiles.asByteSource(file);

    assertThat(source.sizeIfKnown().get()).isEqualTo(300_000);
    assertThat(source.read()).isEqualTo(content);
    assertThat(source.hash(Hashing.sha256())).isEqualTo(Hashing.sha256().hashBytes(content));
    assertThat(source.slice(299_000, 5000).size()).isEqualTo(1000);
    assertThat(MoreFiles.equal(file, Files.copy(file, root.resolve("copy")))).isTrue();
    MoreFiles.asCharSink(file, UTF_8).writeLines(Stream.of("Grüße", "two"), "\n");
    assertThat(MoreFiles.asCharSource(file, UTF_8).readLines()).containsExactly("Grüße", "two");
  }

  @Scenario("traverses a tree and reads the parts of names")
  void traverses(Path root) throws IOException {
    Path tree = SampleTree.create(root.resolve("tree"));

    assertThat(MoreFiles.fileTraverser().breadthFirst(tree)).hasSize(7).first().isEqualTo(tree);
    assertThat(MoreFiles.listFiles(tree)).hasSize(4);
    assertThat(MoreFiles.getFileExtension(tree.resolve("index.html"))).isEqualTo("html");
    assertThat(MoreFiles.getNameWithoutExtension(tree.resolve("index.html"))).isEqualTo("index");
    assertThat(MoreFiles.isDirectory().apply(tree)).isTrue();
  }
}
