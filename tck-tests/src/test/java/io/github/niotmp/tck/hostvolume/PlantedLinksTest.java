package io.github.niotmp.tck.hostvolume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links that lead out of the tree are not made, and not followed when somebody else made them. */
class PlantedLinksTest {
  @TempDir Path host;
  @TempDir Path outside;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private FileSystem tmp;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path root;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectory(outside.resolve("directory"));
    Files.writeString(outside.resolve("directory/secret"), "secret");
    tmp = TmpFileSystems.open(Map.of("storage", "host", "directory", host));
    root = Files.getFileAttributeView(tmp.getPath("/"), TmpFileAttributeView.class).hostPath();
  }

  @AfterEach
  void nothingOutsideHasChanged() throws IOException {
    tmp.close();
    assertThat(host).isEmptyDirectory();
    try (Stream<Path> all = Files.walk(outside)) {
      assertThat(all.map(path -> outside.relativize(path).toString()))
          .containsExactlyInAnyOrder("", "directory", "directory/secret");
    }
    assertThat(outside.resolve("directory/secret")).hasContent("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"..", "../x", "a/../../x", "./..", "../../../../etc/passwd", "/..", "/a/../../x"})
  void aLinkThatLeadsOutIsNotMade(String target) throws IOException {
    Path link = tmp.getPath("/link");

    assertThatThrownBy(() -> Files.createSymbolicLink(link, tmp.getPath(target)))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("/link")
        .hasMessageContaining("leads out of the file system");
    assertThat(Files.isSymbolicLink(link)).isFalse();
  }

  @Test
  void howFarUpALinkMayLeadDependsOnWhereItIs() throws IOException {
    Files.createDirectories(tmp.getPath("/a/b"));
    Files.writeString(tmp.getPath("/file"), "text");

    Path link = Files.createSymbolicLink(tmp.getPath("/a/b/link"), tmp.getPath("../../file"));

    assertThat(link).hasContent("text");
    assertRefused(
        () -> Files.createSymbolicLink(tmp.getPath("/a/b/other"), tmp.getPath("../../../file")));
  }

  @Test
  void aLinkThatARenameHasMadeLeadOutIsNotFollowed() throws IOException {
    Files.createDirectory(tmp.getPath("/a"));
    Path link = Files.createSymbolicLink(tmp.getPath("/a/link"), tmp.getPath("../"));
    Path moved = Files.move(link, tmp.getPath("/link"));

    assertRefused(() -> list(moved));
  }

  @Test
  void anAbsoluteLinkThatLeadsOutByDotsIsNotFollowed() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), Path.of(root + "/../"));

    assertRefused(() -> list(tmp.getPath("/link")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingFollowsAPlantedLinkToADirectory(boolean absolute) throws IOException {
    Path target = outside.resolve("directory");
    Files.createSymbolicLink(
        root.resolve("link"),
        absolute ? target : root.toRealPath().relativize(target.toRealPath()));
    Path link = tmp.getPath("/link");
    Path secret = link.resolve("secret");
    Path fresh = link.resolve("fresh");
    Path ours = Files.writeString(tmp.getPath("/ours"), "ours");

    assertRefused(() -> list(link));
    assertRefused(() -> Files.readString(secret));
    assertRefused(() -> Files.writeString(secret, "changed", StandardOpenOption.WRITE));
    assertRefused(() -> Files.writeString(fresh, "made"));
    assertRefused(() -> Files.createDirectory(fresh));
    assertRefused(() -> Files.createSymbolicLink(fresh, tmp.getPath("x")));
    assertRefused(() -> Files.createLink(fresh, ours));
    assertRefused(() -> Files.createLink(tmp.getPath("/hard"), secret));
    assertRefused(() -> Files.delete(secret));
    assertRefused(() -> Files.move(ours, fresh));
    assertRefused(() -> Files.move(ours, fresh, StandardCopyOption.ATOMIC_MOVE));
    assertRefused(() -> Files.move(secret, tmp.getPath("/stolen")));
    assertRefused(() -> Files.copy(ours, fresh));
    assertRefused(() -> Files.copy(secret, tmp.getPath("/stolen")));
    assertRefused(() -> Files.readAttributes(secret, "*"));
    assertRefused(() -> Files.setAttribute(secret, "posix:permissions", Set.of()));
    assertRefused(() -> Files.setAttribute(link, "posix:permissions", Set.of()));
    assertRefused(secret::toRealPath);
    assertRefused(() -> Files.getFileAttributeView(secret, TmpFileAttributeView.class).hostPath());
    assertThat(Files.exists(secret)).isFalse();
    assertThat(Files.isDirectory(link)).isFalse();
    assertThat(ours).hasContent("ours");
  }

  @Test
  void nothingFollowsAPlantedLinkToAFile() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), outside.resolve("directory/secret"));
    Files.createSymbolicLink(root.resolve("dangling"), outside.resolve("would-be-made"));
    Path link = tmp.getPath("/link");

    assertRefused(() -> Files.readString(link));
    assertRefused(() -> Files.writeString(link, "changed"));
    assertRefused(() -> Files.newByteChannel(link, Set.of(StandardOpenOption.READ)).close());
    assertRefused(() -> Files.writeString(tmp.getPath("/dangling"), "made"));
    assertRefused(() -> Files.copy(link, tmp.getPath("/stolen")));
    assertThat(Files.exists(link)).isFalse();
  }

  @Test
  void theLinkItselfCanBeLookedAtMovedAndDeleted() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), outside.resolve("directory"));
    Path link = tmp.getPath("/link");

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.readSymbolicLink(link).toString()).isEqualTo(outside + "/directory");
    Path moved = Files.move(link, tmp.getPath("/moved"));
    Files.delete(moved);
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void anOpenDirectoryFollowsNoneEither() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), outside.resolve("directory"));
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(tmp.getPath("/"))) {
      assertThat(stream).isInstanceOf(SecureDirectoryStream.class);
      SecureDirectoryStream<Path> open = (SecureDirectoryStream<Path>) stream;

      assertRefused(() -> open.newDirectoryStream(tmp.getPath("link")).close());
      assertRefused(() -> open.newByteChannel(tmp.getPath("link/secret"), Set.of()).close());
      assertRefused(() -> open.deleteFile(tmp.getPath("link/secret")));
    }
  }

  @Test
  void aCircleOfLinksEnds() throws IOException {
    Files.createSymbolicLink(root.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(root.resolve("b"), Path.of("a"));

    assertThatThrownBy(() -> Files.readString(tmp.getPath("/a")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("Too many levels of symbolic links");
  }

  private static void list(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      assertThat(entries).isNotNull();
    }
  }

  private static void assertRefused(ThrowingCallable step) {
    assertThatThrownBy(step)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("leads out of the file system");
  }
}
