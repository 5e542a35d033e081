package io.github.niotmp.tck.hostvolume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.tck.spool.HostFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Other programs see the tree and change it. */
class SharedTreeTest {
  private static final int O_DSYNC = 010000;

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
    Files.writeString(file, "text");
    assertThat(TmpFileSystems.usage(tmp).diskBytes()).isEqualTo(4);
  }

  @Test
  void onlyFilesAreRolledOver() throws Exception {
    Path directory = Files.createDirectory(tmp.getPath("/directory"));
    Path link = Files.createSymbolicLink(tmp.getPath("/link"), directory);

    assertThatThrownBy(
            () -> Files.getFileAttributeView(directory, TmpFileAttributeView.class).rollOver())
        .isInstanceOf(FileSystemException.class)
        .hasMessage("/directory: Is a directory");
    assertThatThrownBy(
            () ->
                Files.getFileAttributeView(
                        link, TmpFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .rollOver())
        .isInstanceOf(FileSystemException.class)
        .hasMessageStartingWith("/link: Too many levels of symbolic links");
  }

  @Test
  void aPipeOfAnotherProgramIsThereButNotOpened() throws Exception {
    shell("mkfifo pipe");
    Path pipe = tmp.getPath("/pipe");

    assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther()).isTrue();
    assertThatThrownBy(() -> Files.readString(pipe))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("/pipe: It is a FIFO, a socket or a device, which may not be opened for that");
  }

  @Test
  void aFileHasTheNumberThatOtherProgramsSee() throws Exception {
    Path file = Files.createFile(tmp.getPath("/file"));

    assertThat(Files.getAttribute(file, "unix:ino"))
        .isEqualTo(Files.getAttribute(real(file), "unix:ino"));
  }

  @Test
  void permissionsGivenAtCreationAreThoseThatTheHostLeaves() throws Exception {
    FileAttribute<?> all =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(Files.getPosixFilePermissions(Files.createFile(tmp.getPath("/file"), all)))
        .isEqualTo(Files.getPosixFilePermissions(Files.createFile(host.resolve("file"), all)));
    assertThat(Files.getPosixFilePermissions(Files.createDirectory(tmp.getPath("/in"), all)))
        .isEqualTo(Files.getPosixFilePermissions(Files.createDirectory(host.resolve("in"), all)));
    Files.delete(host.resolve("file"));
    Files.delete(host.resolve("in"));
  }

  @Test
  void aCopyOfADirectoryIsAsSticky() throws Exception {
    Path source = Files.createDirectory(tmp.getPath("/source"));
    Files.setAttribute(source, "unix:mode", 01700);

    Path directory = Files.copy(source, tmp.getPath("/directory"));

    assertThat(shell("stat -c %a directory")).isEqualTo("1700\n");
    assertThat(Files.getAttribute(directory, "unix:mode")).isEqualTo(041700);
  }

  @Test
  @EnabledOnOs(OS.LINUX) // where a process can tell how its files are open
  void eachWriteIsForcedWhereTheOptionSaysSo() throws Exception {
    Path file = Files.createFile(tmp.getPath("/file"));

    for (OpenOption sync : List.of(StandardOpenOption.SYNC, StandardOpenOption.DSYNC)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, sync)) {
        assertThat(channel.isOpen()).isTrue();
        assertThat(flagsOf(file) & O_DSYNC).isNotZero();
      }
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      assertThat(channel.isOpen()).isTrue();
      assertThat(flagsOf(file) & O_DSYNC).isZero();
    }
  }

  private int flagsOf(Path file) throws IOException {
    for (Path open : HostFiles.openBelow(host)) {
      if (Files.isSameFile(open, real(file))) {
        Path information = Path.of("/proc/self/fdinfo").resolve(open.getFileName());
        return Files.readAllLines(information).stream()
            .filter(line -> line.startsWith("flags:"))
            .mapToInt(line -> Integer.parseInt(line.substring("flags:".length()).strip(), 8))
            .sum();
      }
    }
    throw new AssertionError("not open: " + file);
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
