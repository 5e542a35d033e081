package io.github.niotmp.tck.hostvolume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other programs see the tree and change it. */
class SharedTreeTest {
  @TempDir Path host;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private FileSystem tmp;

  @BeforeEach
  void open() throws IOException {
    tmp = TmpFileSystems.open(Map.of("storage", "host", "directory", host));
  }

  @AfterEach
  void close() throws IOException {
    tmp.close();
    assertThat(host).isEmptyDirectory();
  }

  private static Path real(Path path) throws IOException {
    return Files.getFileAttributeView(path, TmpFileAttributeView.class).hostPath();
  }

  private String shell(String script) throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-c", script)
            .directory(real(tmp.getPath("/")).toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(shell.getInputStream().readAllBytes(), UTF_8);
    assertThat(shell.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void eachSideSeesWhatTheOtherDoes() throws Exception {
    Files.createDirectory(tmp.getPath("/in"));
    Files.writeString(tmp.getPath("/in/names"), "b\na\n");

    assertThat(shell("cd in && sort names > sorted && mkdir made && rm names && ls"))
        .isEqualTo("made\nsorted\n");

    assertThat(tmp.getPath("/in/sorted")).hasContent("a\nb\n");
    assertThat(tmp.getPath("/in/made")).isDirectory();
    assertThat(tmp.getPath("/in/names")).doesNotExist();
  }

  @Test
  void anOpenChannelReadsWhatAnotherProgramAppends() throws Exception {
    Path file = Files.writeString(tmp.getPath("/file"), "ours");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      shell("echo theirs >> file");

      assertThat(channel.size()).isEqualTo("ourstheirs\n".length());
    }
  }

  @Test
  void linksLeadToTheSameFilesOnBothSides() throws Exception {
    Files.createDirectories(tmp.getPath("/a/b"));
    Files.writeString(tmp.getPath("/a/b/file"), "text");
    Path absolute = Files.createSymbolicLink(tmp.getPath("/absolute"), tmp.getPath("/a/b/file"));
    Path relative = Files.createSymbolicLink(tmp.getPath("/a/relative"), tmp.getPath("b/file"));

    assertThat(shell("cat absolute a/relative")).isEqualTo("texttext");
    assertThat(Files.readSymbolicLink(absolute)).isEqualTo(tmp.getPath("/a/b/file"));
    assertThat(Files.readSymbolicLink(relative)).isEqualTo(tmp.getPath("b/file"));
    assertThat(absolute).hasContent("text");
    assertThat(relative).hasContent("text");
  }

  @Test
  void aLinkOfAnotherProgramWithinTheTreeIsFollowed() throws Exception {
    Files.createDirectory(tmp.getPath("/a"));
    Files.writeString(tmp.getPath("/a/file"), "text");
    shell("ln -s a/../a/file theirs");

    assertThat(tmp.getPath("/theirs")).hasContent("text");
    assertThat(tmp.getPath("/theirs").toRealPath()).isEqualTo(tmp.getPath("/a/file"));
  }

  @Test
  void theTmpViewSaysThatItIsOnTheHost() throws Exception {
    Path file = Files.createFile(tmp.getPath("/file"));
    TmpFileAttributeView view = Files.getFileAttributeView(file, TmpFileAttributeView.class);

    assertThat(view.readAttributes().storage()).isEqualTo(Storage.HOST);
    assertThat(Files.getAttribute(file, "tmp:memoryBytes")).isEqualTo(0L);
    view.rollOver();
    assertThatThrownBy(() -> Files.setAttribute(file, "tmp:spoolThreshold", 1L))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("storage=host");
    assertThat(TmpFileSystems.usage(tmp).files()).isEqualTo(1);
  }

  @Test
  void filesAndDirectoriesAreTheirOwnersAlone() throws Exception {
    Files.createFile(tmp.getPath("/file"));
    Files.createDirectory(tmp.getPath("/directory"));
    Path created = Files.createTempFile(tmp.getPath("/"), "a", "b");

    assertThat(shell("stat -c %a . file directory")).isEqualTo("700\n600\n700\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real(created))))
        .isEqualTo("rw-------");
  }

  @Test
  void readOnlyAndDeepTreesOfOtherProgramsGoToo() throws Exception {
    shell("mkdir -p a/b/c && touch a/b/c/file && chmod 500 a/b/c a/b && ln -s / out");

    tmp.close();

    assertThat(host).isEmptyDirectory();
  }

  @Test
  void aTreeThatSomebodyTookAwayIsMissedByItsName() throws Exception {
    Path root = real(tmp.getPath("/"));
    Files.delete(root);

    assertThatThrownBy(() -> Files.createFile(tmp.getPath("/file")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("/file");
  }
}
