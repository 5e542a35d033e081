package io.github.niotmp.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.account.Accounts;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
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
  void aLinkOfSomebodyElseOnTheWayIsRefused() throws IOException {
    assumeTrue(Accounts.isRoot(), "only root can give a link to somebody else");
    Path shared = Files.createDirectory(parent.resolve("shared"));
    Files.setAttribute(shared, "unix:mode", 01777);
    Path theirs = Files.createSymbolicLink(shared.resolve("theirs"), elsewhere);
    Path ours =
        Files.createSymbolicLink(parent.resolve("ours"), Path.of("shared/../shared/theirs"));
    SessionRoot.in(ours).create();
    Files.setAttribute(theirs, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);

    for (Path unsafe : new Path[] {theirs, ours, theirs.resolve(".")}) {
      assertThatThrownBy(() -> SessionRoot.in(unsafe))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(theirs.toRealPath(LinkOption.NOFOLLOW_LINKS).toString())
          .hasMessageContaining("It is a symbolic link of ")
          .hasMessageContaining("TMPDIR");
    }

    Files.setAttribute(shared, "unix:uid", 65534); // what they own is theirs to link in
    SessionRoot.in(ours).create();
  }

  @Test
  void dotsOnTheWayLeadWhereTheyLeadTheSystem() throws IOException {
    Path above = Path.of("/..").resolve(parent.getRoot().relativize(parent));
    Files.createDirectory(parent.resolve("x"));

    for (Path dotted : new Path[] {parent.resolve("."), parent.resolve("x/.."), above}) {
      assertThat(SessionRoot.in(dotted).path()).isEqualTo(root.path());
    }
  }

  @Test
  void linksThatLeadInCirclesAreNotFollowedForEver() throws IOException {
    Path circle = Files.createSymbolicLink(parent.resolve("circle"), Path.of("circle"));

    assertThatThrownBy(() -> SessionRoot.in(circle)).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Ancestors.requireSafe(circle)) // though it was none a moment ago
        .isInstanceOf(FileSystemLoopException.class);
  }

  @Test
  void asManyLinksAreFollowedAsTheSystemDoes() throws IOException {
    Path link = parent.toRealPath();
    for (int i = 1; i <= 40; i++) {
      link = Files.createSymbolicLink(parent.toRealPath().resolve("link" + i), link);
    }
    Path most = link;
    Path tooMany = Files.createSymbolicLink(elsewhere.toRealPath().resolve("link"), most);

    assertThatCode(() -> Ancestors.requireSafe(most)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Ancestors.requireSafe(tooMany))
        .isInstanceOf(FileSystemLoopException.class);
  }

  @Test
  void whereFilesHaveNoPermissionsAnyDirectoryWillDo() throws IOException {
    try (FileSystem plain = Jimfs.newFileSystem(Configuration.windows())) {
      SessionRoot there = SessionRoot.in(Files.createDirectory(plain.getPath("C:\\temp")));

      Files.createFile(there.path());
      assertThatThrownBy(there::create)
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("It is no directory");
      Files.delete(there.path());
      there.create();
      assertThat(there.exists()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0777", "0700", "0200"})
  void aUmaskThatTakesFromTheOwnerIsNamedAndLeavesNothing(String umask) throws Exception {
    assumeTrue(Files.exists(Path.of("/bin/sh")), "no shell");
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "umask " + umask + "; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData", // which would make a directory of its own in /tmp
                "-cp",
                System.getProperty("java.class.path"),
                SessionHolder.class.getName(),
                parent.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();

    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(output)
        .contains(FileSystemException.class.getName() + ": " + root.path())
        .contains("the umask is too strict");
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void aParentThatIsGoneMeanwhileIsNamed() throws IOException {
    Path gone = Files.createDirectory(parent.resolve("gone"));
    SessionRoot below = SessionRoot.in(gone);
    Files.delete(gone);

    assertThatThrownBy(below::create)
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(below.path().toString());
  }

  @Test
  void aMissingParentIsNamed() {
    Path missing = parent.resolve("missing");

    assertThatThrownBy(() -> SessionRoot.in(missing))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(missing.toString());
  }
}
