package io.github.niotmp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.account.Accounts;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionRootTest {
  @TempDir Path parent;
  @TempDir Path elsewhere;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private SessionRoot root;

  @BeforeEach
  void open() throws IOException {
    root = SessionRoot.in(parent);
  }

  @Test
  void itIsMadeForItsOwnerOnlyAndRemovedWhenEmpty() throws IOException {
    root.create();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.path())))
        .isEqualTo("rwx------");
    assertThat(root.path()).hasParent(parent.toRealPath());
    root.create();
    root.removeIfEmpty();
    assertThat(root.path()).doesNotExist();
    root.removeIfEmpty();
  }

  @Test
  void itStaysWhileAnythingIsInIt() throws IOException {
    root.create();
    Files.createFile(root.path().resolve("used"));

    root.removeIfEmpty();

    assertThat(root.path().resolve("used")).exists();
  }

  @Test
  void aLinkInItsPlaceIsRefusedAndNotFollowed() throws IOException {
    Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(root.path(), elsewhere);

    assertRefused("It is a symbolic link");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void aFileInItsPlaceIsRefused() throws IOException {
    Files.createFile(root.path());

    assertRefused("It is no directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxr-x---", "rwx--x--x", "rwxrwxrwx", "rwx---r--", "r-x------"})
  void aDirectoryWithOtherPermissionsIsRefusedAndNotRepaired(String permissions)
      throws IOException {
    Files.createDirectory(root.path());
    Files.setPosixFilePermissions(root.path(), PosixFilePermissions.fromString(permissions));

    assertRefused("Its permissions are " + permissions);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.path())))
        .isEqualTo(permissions);
  }

  @Test
  void aDirectoryOfSomebodyElseIsRefused() throws IOException {
    assumeTrue(Accounts.isRoot(), "only root can give a directory to somebody else");
    Files.createDirectory(
        root.path(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.setAttribute(root.path(), "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);

    assertRefused("It belongs to ");
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(root::create)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(root.path() + ": " + reason)
        .hasMessageContaining("TMPDIR")
        .hasMessageContaining("'directory'");
  }

  @Test
  void aDirectoryInWhichAnybodyMayReplaceItIsRefused() throws IOException {
    Path open = Files.createDirectory(parent.resolve("open"));
    Path below = Files.createDirectory(open.resolve("below"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    for (Path unsafe : new Path[] {open, below}) {
      assertThatThrownBy(() -> SessionRoot.in(unsafe))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(open.toRealPath() + ": Anybody may replace what is in it")
          .hasMessageContaining("TMPDIR");
    }

    Files.setAttribute(open, "unix:mode", 01777);
    SessionRoot.in(below).create();
  }

  @Test
  void aMissingParentIsNamed() {
    Path missing = parent.resolve("missing");

    assertThatThrownBy(() -> SessionRoot.in(missing))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(missing.toString());
  }
}
