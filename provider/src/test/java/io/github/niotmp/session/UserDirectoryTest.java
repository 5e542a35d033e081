package io.github.niotmp.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.account.Accounts;
import io.github.niotmp.internal.report.Notices;
import io.github.niotmp.internal.search.UserDirectory;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserDirectoryTest {
  @TempDir Path parent;
  @TempDir Path elsewhere;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private UserDirectory root;

  @BeforeEach
  void open() throws IOException {
    root = UserDirectory.in(parent);
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
  void itStaysUntilItIsEmpty() throws IOException {
    root.create();
    Files.createFile(root.path().resolve("used"));

    root.removeIfEmpty();

    assertThat(root.path().resolve("used")).exists();
  }

  @Test
  void aLinkInItsPlaceIsGotRoundAndNotFollowed() throws IOException {
    Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(root.path(), elsewhere);

    assertGotRound("It is a symbolic link");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void aFileInItsPlaceIsGotRound() throws IOException {
    Files.createFile(root.path());

    assertGotRound("It is no directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxr-x---", "rwx--x--x", "rwxrwxrwx", "rwx---r--", "r-x------"})
  void aDirectoryWithOtherPermissionsIsGotRoundAndNotRepaired(String permissions)
      throws IOException {
    Files.createDirectory(root.path());
    Files.setPosixFilePermissions(root.path(), PosixFilePermissions.fromString(permissions));

    assertGotRound("Its permissions are " + permissions);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.path())))
        .isEqualTo(permissions);
  }

  @Test
  void aDirectoryOfAnotherUserIsGotRound() throws IOException {
    assumeTrue(Accounts.isRoot(), "only root can give a directory to somebody else");
    Files.createDirectory(
        root.path(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.setAttribute(root.path(), "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);

    assertGotRound("It belongs to ");
  }

  @Test
  void aLinkThatLeadsNowhereIsGotRound() throws IOException {
    Path nowhere = elsewhere.resolve("nowhere");
    Files.createSymbolicLink(root.path(), nowhere);

    assertGotRound("It is a symbolic link");
    assertThat(nowhere).doesNotExist();
  }

  @Test
  void theKnownNameIsTriedAgainOnceTheOtherRootIsGone() throws IOException {
    Path known = root.path();
    Files.createFile(known);
    messagesLoggedBy(root::create);
    Path fresh = root.path();
    Files.delete(known);

    root.create();
    assertThat(root.path()).isEqualTo(known);
    root.removeIfEmpty();
    Files.delete(fresh);
  }

  private interface Step {
    void run() throws IOException;
  }

  private static List<String> messagesLoggedBy(Step step) throws IOException {
    List<String> logged = new ArrayList<>();
    Logger logger = Logger.getLogger("io.github.niotmp");
    logger.setFilter(
        entry -> {
          logged.add(entry.getMessage());
          return false;
        });
    try {
      step.run();
      Notices.deliverHere();
    } finally {
      logger.setFilter(null);
    }
    return logged;
  }

  @Test
  void itIsLoggedOnce() throws IOException {
    Files.createFile(root.path());
    assertThat(messagesLoggedBy(root::create)).hasSize(1);
    root.removeIfEmpty();

    assertThat(messagesLoggedBy(root::create)).isEmpty();
    assertThat(messagesLoggedBy(() -> UserDirectory.in(parent).create())).isEmpty();
  }

  private void assertGotRound(String reason) throws IOException {
    Path known = root.path();
    assertThat(root.isUsable()).isFalse();
    assertThatThrownBy(root::exists)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(known + ": " + reason)
        .hasMessageContaining("TMPDIR")
        .hasMessageContaining("'directory'");

    List<String> logged = messagesLoggedBy(root::create);

    assertThat(logged)
        .singleElement()
        .asString()
        .startsWith(known + " cannot be used: " + reason)
        .contains("Remove " + known)
        .contains("TMPDIR");
    assertThat(root.path()).hasParent(known.getParent()).isNotEqualTo(known);
    assertThat(root.path().toString()).matches(Pattern.quote(known + "-") + "[a-z2-7]{26}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.path())))
        .isEqualTo("rwx------");
    assertThat(root.exists()).isTrue();
    root.removeIfEmpty();
    assertThat(parent.toRealPath()).isDirectoryNotContaining(path -> !path.equals(known));
    assertThat(root.path()).isEqualTo(known);
  }

  @Test
  void aDirectoryThatAnyUserMayReplaceIsRefused() throws IOException {
    Path open = Files.createDirectory(parent.resolve("open"));
    Path below = Files.createDirectory(open.resolve("below"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    for (Path unsafe : new Path[] {open, below}) {
      assertThatThrownBy(() -> UserDirectory.in(unsafe))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(open.toRealPath() + ": Any user may replace its entries")
          .hasMessageContaining("TMPDIR");
    }

    Files.setAttribute(open, "unix:mode", 01777);
    UserDirectory.in(below).create();
  }

  @Test
  void aLinkOfAnotherUserOnTheWayIsRefused() throws IOException {
    assumeTrue(Accounts.isRoot(), "only root can give a link to somebody else");
    Path shared = Files.createDirectory(parent.resolve("shared"));
    Files.setAttribute(shared, "unix:mode", 01777);
    Path theirs = Files.createSymbolicLink(shared.resolve("theirs"), elsewhere);
    Path ours =
        Files.createSymbolicLink(parent.resolve("ours"), Path.of("shared/../shared/theirs"));
    UserDirectory.in(ours).create();
    Files.setAttribute(theirs, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);

    for (Path unsafe : new Path[] {theirs, ours, theirs.resolve(".")}) {
      assertThatThrownBy(() -> UserDirectory.in(unsafe))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(theirs.toRealPath(LinkOption.NOFOLLOW_LINKS).toString())
          .hasMessageContaining("It is a symbolic link of ")
          .hasMessageContaining("TMPDIR");
    }

    Files.setAttribute(shared, "unix:uid", 65534); // who may then rename what is in it, too
    assertThatThrownBy(() -> UserDirectory.in(ours))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(shared.toRealPath() + ": It belongs to ");
  }

  @ParameterizedTest
  @ValueSource(ints = {0700, 0755, 01777})
  void aDirectoryOfAnotherUserOnTheWayIsRefused(int mode) throws IOException {
    assumeTrue(Accounts.isRoot(), "only root can give a directory to somebody else");
    Path theirs = Files.createDirectory(parent.resolve("theirs"));
    Path below = Files.createDirectory(theirs.resolve("below"));
    Files.setAttribute(theirs, "unix:mode", mode);
    Files.setAttribute(theirs, "unix:uid", 65534);

    for (Path unsafe : new Path[] {theirs, below}) {
      assertThatThrownBy(() -> UserDirectory.in(unsafe))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(theirs.toRealPath() + ": It belongs to ")
          .hasMessageContaining("TMPDIR");
      assertThat(UserDirectory.inUnchecked(unsafe).path().getParent())
          .isEqualTo(unsafe.toRealPath());
    }
  }

  @Test
  void membersOfAGroupAreTrusted() throws IOException {
    Path group = Files.createDirectory(parent.resolve("group"));
    Files.setAttribute(group, "unix:mode", 02775);

    UserDirectory.in(group).create();
  }

  @Test
  void dotsOnTheWayLeadWhereTheyLeadTheSystem() throws IOException {
    Path above = Path.of("/..").resolve(parent.getRoot().relativize(parent));
    Files.createDirectory(parent.resolve("x"));

    for (Path dotted : new Path[] {parent.resolve("."), parent.resolve("x/.."), above}) {
      assertThat(UserDirectory.in(dotted).path()).isEqualTo(root.path());
    }
  }

  @Test
  void linksThatLeadInCirclesAreNotFollowedForEver() throws IOException {
    Path circle = Files.createSymbolicLink(parent.resolve("circle"), Path.of("circle"));

    assertThatThrownBy(() -> UserDirectory.in(circle)).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> UserDirectory.firstUnsafe(circle)) // though it was none a moment ago
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

    assertThat(UserDirectory.firstUnsafe(most)).isNull();
    assertThatThrownBy(() -> UserDirectory.firstUnsafe(tooMany))
        .isInstanceOf(FileSystemLoopException.class);
  }

  @Test
  void whereFilesHaveNoPermissionsAnyDirectoryWillDo() throws IOException {
    try (FileSystem plain = Jimfs.newFileSystem(Configuration.windows())) {
      UserDirectory there = UserDirectory.in(Files.createDirectory(plain.getPath("C:\\temp")));
      Path known = there.path();

      Files.createFile(known);
      assertThatThrownBy(there::exists)
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("It is no directory");
      messagesLoggedBy(there::create);
      assertThat(there.path()).isNotEqualTo(known).isDirectory();
      there.removeIfEmpty();
      Files.delete(known);
      there.create();
      assertThat(there.exists()).isTrue();
    }
  }

  @Test
  void aFileSystemWithoutOwnersIsNamedInTheFailureAndStaysEmpty() throws IOException {
    Configuration unix =
        Configuration.unix().toBuilder().setAttributeViews("basic", "posix", "unix").build();
    try (FileSystem jimfs = Jimfs.newFileSystem(unix)) {
      UserDirectory there = UserDirectory.in(Files.createDirectory(jimfs.getPath("/mount")));

      assertThatThrownBy(there::create)
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("its file system keeps no owner or no permissions")
          .hasMessageContaining("TMPDIR");
      assertThat(jimfs.getPath("/mount")).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0777", "0700", "0200"})
  void aUmaskThatTakesFromTheOwnerIsNamedAndLeavesNoFile(String umask) throws Exception {
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
        .contains(" though it was created so: the umask is too strict");
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void aParentThatIsGoneMeanwhileIsNamed() throws IOException {
    Path gone = Files.createDirectory(parent.resolve("gone"));
    UserDirectory below = UserDirectory.in(gone);
    Files.delete(gone);

    assertThatThrownBy(below::create)
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(below.path().toString());
  }

  @Test
  void aMissingParentIsNamed() {
    Path missing = parent.resolve("missing");

    assertThatThrownBy(() -> UserDirectory.in(missing))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(missing.toString());
  }
}
