package io.github.niotmp.clients.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.Limit;
import io.github.niotmp.clients.SampleTree;
import io.github.niotmp.clients.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.channels.FileChannels;
import org.apache.commons.io.file.Counters.PathCounters;
import org.apache.commons.io.file.PathUtils;
import org.apache.commons.io.file.StandardDeleteOption;
import org.apache.commons.io.input.ReversedLinesFileReader;
import org.apache.commons.io.input.Tailer;
import org.apache.commons.io.input.TailerListenerAdapter;
import org.apache.commons.io.output.DeferredFileOutputStream;
import org.junit.jupiter.api.Test;

@Client(name = "Commons IO", artifact = "commons-io:commons-io")
class CommonsIoTest {
  @Scenario("copies, compares, counts and deletes trees")
  void handlesTrees(Path root) throws IOException {
    Path tree = SampleTree.create(root.resolve("tree"));
    Path copy = root.resolve("copy");

    PathCounters copied = PathUtils.copyDirectory(tree, copy);

    assertThat(copied.getFileCounter().get()).isEqualTo(4);
    assertThat(SampleTree.contents(copy)).isEqualTo(SampleTree.contents(tree));
    assertThat(PathUtils.directoryAndFileContentEquals(tree, copy)).isTrue();
    PathCounters counted = PathUtils.countDirectory(copy);
    assertThat(counted.getDirectoryCounter().get()).isEqualTo(3);
    assertThat(counted.getByteCounter().get())
        .isEqualTo(300_000 + "<p>Grüße</p>\ntwo words\n".getBytes(UTF_8).length);
    assertThat(PathUtils.deleteDirectory(copy)).isEqualTo(counted);
    assertThat(copy).doesNotExist();
  }

  @Scenario("deletes a tree with read-only files when it may override them")
  void deletesReadOnlyFiles(Path root) throws IOException {
    Path tree = SampleTree.create(root.resolve("tree"));
    PathUtils.setReadOnly(tree.resolve("index.html"), true);
    assertThat(PathUtils.isPosix(tree)).isTrue();

    PathUtils.deleteDirectory(tree, StandardDeleteOption.OVERRIDE_READ_ONLY);

    assertThat(tree).doesNotExist();
  }

  @Scenario("compares the contents of files and touches them")
  void comparesAndTouches(Path root) throws IOException {
    Path one = Files.write(root.resolve("one"), SampleTree.bytes(300_000));
    Path other = PathUtils.copyFileToDirectory(one, Files.createDirectory(root.resolve("below")));
    Files.setLastModifiedTime(one, FileTime.from(Instant.EPOCH));

    PathUtils.touch(one);

    assertThat(PathUtils.isNewer(one, Instant.EPOCH)).isTrue();
    assertThat(PathUtils.fileContentEquals(one, other)).isTrue();
    try (SeekableByteChannel first = Files.newByteChannel(one);
        SeekableByteChannel second = Files.newByteChannel(other)) {
      assertThat(FileChannels.contentEquals(first, second, 1000)).isTrue();
    }
  }

  @Scenario("reads a file's lines from its end")
  void readsReversed(Path root) throws IOException {
    Path file = Files.writeString(root.resolve("lines"), "1\n2\nGrüße\n");
    try (ReversedLinesFileReader reader =
        ReversedLinesFileReader.builder().setPath(file).setBufferSize(4).setCharset(UTF_8).get()) {
      assertThat(reader.readLines(4)).isEqualTo(List.of("Grüße", "2", "1"));
    }
  }

  @Limit(
      of = "Commons IO",
      asks = "org.apache.commons.io.input.Tailer$TailablePath.getRandomAccess")
  @Scenario("tails a file")
  void tails(Path root) throws Exception {
    Path file = Files.writeString(root.resolve("log"), "first\nsecond\n");
    StringBuilder seen = new StringBuilder();
    Tailer[] tailers = new Tailer[1];
    TailerListenerAdapter listener =
        new TailerListenerAdapter() {
          @Override
          public void init(Tailer tailer) {
            tailers[0] = tailer;
          }

          @Override
          public void handle(String line) {
            seen.append(line).append(';');
          }

          @Override
          public void handle(Exception failure) {
            throw new IllegalStateException(failure);
          }

          @Override
          public void endOfFileReached() {
            if (seen.indexOf("third") < 0) {
              append(file, "third\n");
            } else {
              tailers[0].close();
            }
          }
        };

    Tailer.builder()
        .setPath(file)
        .setTailerListener(listener)
        .setStartThread(false)
        .setDelayDuration(Duration.ofMillis(1))
        .get()
        .run();

    assertThat(seen).hasToString("first;second;third;");
  }

  @Scenario("holds a stream back in memory and then in a file")
  void defersAStream(Path root) throws IOException {
    Path file = root.resolve("deferred");
    byte[] content = SampleTree.bytes(300_000);
    DeferredFileOutputStream out =
        DeferredFileOutputStream.builder().setThreshold(1000).setOutputFile(file).get();
    try (out) {
      out.write(content);
    }
    try (InputStream in = out.toInputStream()) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
    assertThat(file).hasBinaryContent(content);
  }

  /** Fails once there is a method to use instead of {@code toFile()}. */
  @Test
  void takesNoPathInFileUtils() {
    assertThat(FileUtils.class.getMethods())
        .noneMatch(method -> List.of(method.getParameterTypes()).contains(Path.class));
  }

  @Limit(of = "Commons IO", asks = "FileUtils takes nothing but java.io.File")
  @Scenario("copies a file by FileUtils")
  void takesFiles(Path root) throws IOException {
    Path source = Files.writeString(root.resolve("source"), "text");

    FileUtils.copyFile(source.toFile(), root.resolve("copy").toFile());

    assertThat(root.resolve("copy")).hasContent("text");
  }

  private static void append(Path file, String text) {
    try {
      PathUtils.writeString(file, text, UTF_8, APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
