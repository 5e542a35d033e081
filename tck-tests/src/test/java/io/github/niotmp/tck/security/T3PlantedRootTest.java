package io.github.niotmp.tck.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * T3: a planted link, a foreign owner, a mode open to others is never used for the directory in
 * which the library's own lie: it takes another. Where anybody could replace that, no file gets a
 * name. What needs no name goes on.
 *
 * <p>CVE-2026-40973 (Spring Boot), CVE-2025-71176 (pytest), CVE-2021-29428 (Gradle).
 */
class T3PlantedRootTest {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  @TempDir Path host;
  @TempDir Path elsewhere;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path root;

  @BeforeEach
  void knowTheNameOfTheRoot() throws IOException {
    root = host.resolve("nio-tmp-" + Files.getAttribute(host, "unix:uid"));
  }

  @Test
  void aPlantedLinkIsGotRound() throws IOException {
    Files.createSymbolicLink(root, Files.createDirectory(elsewhere.resolve("trap"), OWNER_ONLY));

    assertGotRound("It is a symbolic link");

    assertThat(elsewhere.resolve("trap")).isEmptyDirectory();
  }

  @Test
  void aDirectoryOpenToOthersIsGotRound() throws IOException {
    Files.createDirectory(root, OWNER_ONLY);
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwx---"));

    assertGotRound("Its permissions are rwxrwx---, not rwx------");

    assertThat(root).isEmptyDirectory();
  }

  @Test
  void aDirectoryOfAnotherUserIsGotRound() throws IOException {
    assumeTrue(Files.getAttribute(host, "unix:uid").equals(0), "only root can give one away");
    Files.createDirectory(root, OWNER_ONLY);
    Files.setAttribute(root, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);

    assertGotRound("It belongs to ");

    assertThat(root).isEmptyDirectory();
  }

  @Test
  void aFileInItsPlaceIsGotRound() throws IOException {
    Files.writeString(root, "theirs");

    assertGotRound("It is no directory");

    assertThat(root).hasContent("theirs");
  }

  @Test
  void aLinkThatLeadsNowhereIsGotRound() throws IOException {
    Files.createSymbolicLink(root, elsewhere.resolve("missing"));

    assertGotRound("It is a symbolic link");

    assertThat(elsewhere).isEmptyDirectory();
  }

  private void assertGotRound(String reason) throws IOException {
    List<String> logged = new ArrayList<>();
    Logger logger = Logger.getLogger("io.github.niotmp");
    logger.setFilter(
        entry -> {
          logged.add(entry.getMessage());
          return false;
        });
    try (FileSystem tmp =
        TmpFileSystems.open(Map.of("spoolThreshold", "1KiB", "directory", host))) {
      Path large = Files.write(tmp.getPath("/large"), new byte[2_000]);
      Path real = hostPath(Files.write(tmp.getPath("/small"), new byte[1_000]));

      assertThat(Files.readAllBytes(large)).hasSize(2_000);
      assertThat(Files.size(real)).isEqualTo(1_000);
      assertThat(real.startsWith(root)).isFalse();
      assertThat(real.toString()).startsWith(root + "-");
      try (FileSystem tree = TmpFileSystems.open(Map.of("storage", "host", "directory", host))) {
        assertThat(Files.writeString(tree.getPath("/file"), "text")).hasContent("text");
      }
    } finally {
      logger.setFilter(null);
    }
    assertThat(logged).singleElement().asString().contains(root + " cannot be used: " + reason);
    assertThat(host).isDirectoryNotContaining(path -> !path.equals(root));
  }

  private static Path hostPath(Path file) throws IOException {
    return Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath();
  }

  @Test
  void whereAnybodyCanReplaceItOnlyFilesWithoutANameAreMade() throws IOException {
    Files.setPosixFilePermissions(host, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertNamesAreRefused(host + ": Any user may replace its entries");
  }

  @Test
  void inADirectoryOfSomebodyElseOnlyFilesWithoutANameAreMade() throws IOException {
    assumeTrue(Files.getAttribute(host, "unix:uid").equals(0), "only root can give one away");
    Files.setAttribute(host, "unix:uid", 65534);

    assertNamesAreRefused(host + ": It belongs to ");
  }

  private void assertNamesAreRefused(String reason) throws IOException {
    Path real = host.toRealPath();
    Map<String, ?> settings =
        Map.of("spoolThreshold", "1KiB", "directory", real, "memoryBudget", "1KiB");
    try (FileSystem tmp = TmpFileSystems.open(settings)) {
      Path small = Files.write(tmp.getPath("/small"), new byte[1_000]);
      Path large = Files.write(tmp.getPath("/large"), new byte[2_000]);
      Files.getFileAttributeView(small, TmpFileAttributeView.class).rollOver();

      assertThat(Files.getAttribute(large, "tmp:storage")).hasToString("DISK");
      assertThat(Files.getAttribute(small, "tmp:storage")).hasToString("DISK");
      for (Path file : List.of(small, large)) {
        assertThatThrownBy(() -> hostPath(file))
            .isInstanceOf(IOException.class)
            .hasMessageContaining(reason)
            .hasMessageContaining("TMPDIR")
            .hasMessageContaining("'directory'")
            .hasMessageContaining("'trust' to any");
      }
      try (FileChannel channel = FileChannel.open(large, StandardOpenOption.READ)) {
        assertThat(channel.map(MapMode.READ_ONLY, 0, 2_000).capacity()).isEqualTo(2_000);
      }
      assertThat(Files.readAllBytes(large)).hasSize(2_000);
      assertThat(real).isEmptyDirectory();
    }
    assertThatThrownBy(() -> TmpFileSystems.open(Map.of("storage", "host", "directory", real)))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("'trust' to any");
    assertThat(real).isEmptyDirectory();

    Map<String, ?> trusting = Map.of("directory", real, "trust", "any");
    try (FileSystem tmp = TmpFileSystems.open(trusting)) {
      assertThat(hostPath(Files.writeString(tmp.getPath("/a"), "text"))).hasContent("text");
    }
    URI tree = URI.create("tmp://trusting?storage=host&trust=any&directory=" + real);
    try (FileSystem tmp = FileSystems.newFileSystem(tree, Map.of())) {
      assertThat(Files.writeString(tmp.getPath("/a"), "text")).hasContent("text");
    }
    assertThat(real).isEmptyDirectory();
  }
}
