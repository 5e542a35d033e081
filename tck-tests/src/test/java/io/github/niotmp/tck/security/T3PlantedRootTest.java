package io.github.niotmp.tck.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * T3: a planted link, a foreign owner, a mode open to others is refused for the directory in which
 * the library's own lie; so is a directory above in which anybody could replace it. What does not
 * need the disk goes on.
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
  void aPlantedLinkIsRefused() throws IOException {
    Files.createSymbolicLink(root, Files.createDirectory(elsewhere.resolve("trap"), OWNER_ONLY));

    assertRefused(root + ": It is a symbolic link");

    assertThat(elsewhere.resolve("trap")).isEmptyDirectory();
  }

  @Test
  void aDirectoryOpenToOthersIsRefused() throws IOException {
    Files.createDirectory(root, OWNER_ONLY);
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwx---"));

    assertRefused(root + ": Its permissions are rwxrwx---, not rwx------");

    assertThat(root).isEmptyDirectory();
  }

  @Test
  void aDirectoryOfSomebodyElseIsRefused() throws IOException {
    assumeTrue(Files.getAttribute(host, "unix:uid").equals(0), "only root can give one away");
    Files.createDirectory(root, OWNER_ONLY);
    Files.setAttribute(root, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);

    assertRefused(root + ": It belongs to ");

    assertThat(root).isEmptyDirectory();
  }

  @Test
  void aDirectoryWhereAnybodyCanReplaceItIsRefused() throws IOException {
    Files.setPosixFilePermissions(host, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertRefused(host + ": Anybody may replace what is in it");

    assertThat(host).isEmptyDirectory();
  }

  private void assertRefused(String reason) throws IOException {
    try (FileSystem tmp =
        TmpFileSystems.open(Map.of("spoolThreshold", "1KiB", "directory", host))) {
      Path small = Files.write(tmp.getPath("/small"), new byte[1_000]);

      assertThatThrownBy(() -> Files.write(tmp.getPath("/large"), new byte[2_000]))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("/large")
          .hasStackTraceContaining(reason)
          .hasStackTraceContaining("TMPDIR");
      assertThatThrownBy(
              () -> Files.getFileAttributeView(small, TmpFileAttributeView.class).hostPath())
          .isInstanceOf(IOException.class)
          .hasStackTraceContaining(reason);

      assertThat(Files.readAllBytes(small)).hasSize(1_000);
      assertThat(Files.write(tmp.getPath("/another"), new byte[1_000])).hasSize(1_000);
    }
  }
}
