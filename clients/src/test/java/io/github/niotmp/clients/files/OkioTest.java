package io.github.niotmp.clients.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.SampleTree;
import io.github.niotmp.clients.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.FileHandle;
import okio.FileSystem;
import okio.Okio;

@Client(name = "okio", artifact = "com.squareup.okio:okio-jvm")
class OkioTest {
  private static final byte[] CONTENT = SampleTree.bytes(300_000);

  @Scenario("writes, appends, lists, moves, copies and deletes by its file system")
  void usesAFileSystem(Path root) throws IOException {
    FileSystem files = FileSystem.get(root.getFileSystem());
    okio.Path directory = okio.Path.get(root.resolve("a"), false).resolve("b");
    okio.Path file = directory.resolve("zwei Wörter");

    files.createDirectories(directory);
    try (BufferedSink sink = Okio.buffer(files.sink(file))) {
      sink.write(CONTENT);
    }
    try (BufferedSink sink = Okio.buffer(files.appendingSink(file))) {
      sink.writeUtf8("Grüße");
    }
    files.atomicMove(file, directory.resolve("moved"));
    files.copy(directory.resolve("moved"), file);
    files.createSymlink(directory.resolve("link"), directory.resolve("moved"));

    assertThat(files.list(directory))
        .extracting(okio.Path::name)
        .containsExactlyInAnyOrder("link", "moved", "zwei Wörter");
    try (BufferedSource source = Okio.buffer(files.source(file))) {
      assertThat(source.readByteArray(300_000)).isEqualTo(CONTENT);
      assertThat(source.readUtf8()).isEqualTo("Grüße");
    }
    assertThat(files.metadata(file).getSize()).isEqualTo(300_007);
    assertThat(files.metadata(directory.resolve("link")).getSymlinkTarget())
        .isEqualTo(directory.resolve("moved"));
    files.deleteRecursively(okio.Path.get(root.resolve("a"), false));
    assertThat(root).isEmptyDirectory();
  }

  @Scenario("reads and writes through a file handle")
  void usesAFileHandle(Path root) throws IOException {
    FileSystem files = FileSystem.get(root.getFileSystem());
    Path file = Files.write(root.resolve("file"), CONTENT);
    try (FileHandle handle = files.openReadWrite(okio.Path.get(file, false))) {
      handle.write(10, new byte[] {1, 2, 3}, 0, 3);
      handle.resize(100);
    }
    assertThat(file).hasSize(100);
  }

  @Scenario("reads and writes paths without a file system of its own")
  void usesPaths(Path root) throws IOException {
    Path file = root.resolve("file");
    try (BufferedSink sink = Okio.buffer(Okio.sink(file))) {
      sink.write(CONTENT);
    }
    try (BufferedSource source = Okio.buffer(Okio.source(file))) {
      assertThat(source.readByteArray()).isEqualTo(CONTENT);
    }
  }
}
