package io.github.niotmp.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.internal.cleanup.TreeRemoval;
import io.github.niotmp.internal.report.Notices;
import io.github.niotmp.internal.search.UserDirectory;
import io.github.niotmp.session.Reaper.Fate;
import io.github.niotmp.session.Reaper.Finding;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReaperTest {
  private static final String RANDOM = "abcdefghijklmnopqrstuvwxyz";
  private static final ProcessIdentity ME = ProcessIdentity.current();

  @TempDir Path parent;
  @TempDir Path elsewhere;
  private final List<Process> processes = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private UserDirectory root;

  @BeforeEach
  void open() throws IOException {
    root = UserDirectory.in(parent);
    root.create();
  }

  @AfterEach
  void endProcesses() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void aLinkOfAnExitThatHasNoLockFileGoes() throws IOException {
    String session = SessionName.fresh(ME).toString();
    Path dead = Files.createSymbolicLink(link(session), parent);
    String living = SessionName.fresh(ME).toString();
    Path alive = Files.createSymbolicLink(link(living), parent);
    Files.createFile(root.path().resolve(living + SessionName.LOCK));
    Path foreign = Files.createSymbolicLink(link("other"), parent);

    assertThat(Reaper.sweep(root, true))
        .contains(
            new Finding(
                foreign,
                Fate.LEFT,
                "nio-tmp makes no such names; move it elsewhere, or delete it"));
    assertThat(dead).isSymbolicLink();
    Reaper.sweep(root, false);

    assertThat(Files.exists(dead, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(foreign).isSymbolicLink();
    Files.deleteIfExists(alive);
    Files.delete(foreign);
  }

  private Path link(String session) {
    return root.path().resolve(SessionName.EXIT + session);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0", "0, 1, 0", "0, 0, 1"})
  void aSessionOfAProcessThatIsNotThereIsReclaimed(int boot, int namespace, int start)
      throws IOException {
    Path session =
        plant(
            new ProcessIdentity(
                boot == 0 ? ME.bootId() : "0123", // another boot, container or start
                ME.namespace() + namespace,
                ME.pid(),
                ME.start() + start));

    Predicate<Finding> reclaimed = is(session, Fate.RECLAIMED, "process " + ME.pid() + " is dead");
    assertThat(Reaper.sweep(root, true)).singleElement().matches(reclaimed);
    assertThat(session.resolve("a/b/file")).exists();
    assertThat(Reaper.sweep(root, false)).singleElement().matches(reclaimed);
    assertThat(root.path()).isEmptyDirectory();
    assertThat(Reaper.sweep(root, false)).isEmpty();
  }

  @Test
  void aProcessThatLivesButHasLostItsLockIsLeftAlone() throws Exception {
    Process holder = startHolder();
    sessionOf(holder);
    Path session = plant(ProcessIdentity.of(holder.toHandle()));

    String reason =
        "process "
            + holder.pid()
            + " lives, but has lost its lock; a sweep after its end removes it";
    assertThat(Reaper.sweep(root, false)).hasSize(2).anyMatch(is(session, Fate.LEFT, reason));
    assertThat(session.resolve("a/b/file")).exists();
  }

  @Test
  void aSessionOfThisProcessStaysUntilTheProcessEnds() throws IOException {
    Path session = plant(ME);

    String reason = "of this process, which does not use it; a sweep after its end removes it";
    assertThat(Reaper.sweep(root, false)).singleElement().matches(is(session, Fate.LEFT, reason));
    assertThat(session.resolve("a/b/file")).exists();
  }

  @Test
  void aSweepDoesNotFollowARootThatIsALink() throws IOException {
    Path spill = Files.createFile(elsewhere.resolve(UserDirectory.UNLINKED + RANDOM));
    root.removeIfEmpty();
    Files.createSymbolicLink(root.path(), elsewhere);

    assertThatThrownBy(() -> Reaper.sweep(root, false))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("It is a symbolic link");
    assertThat(spill).exists();
  }

  @Test
  void anInterruptDoesNotKeepAProcessFromItsSession() throws IOException {
    DirectoryLease place = Session.in(parent).forNamed();
    Thread.currentThread().interrupt();
    try {
      assertThat(place.enter()).isDirectory();
      place.leave();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void anotherProcessIsLeftAloneUntilItIsKilled() throws Exception {
    Process holder = startHolder();
    Path session = sessionOf(holder);

    assertThat(Reaper.sweep(root, false))
        .singleElement()
        .matches(is(session, Fate.ALIVE, "locked by process " + holder.pid()));
    assertThat(session.resolve("a/b/file")).exists();

    holder.destroyForcibly().waitFor();
    assertThat(session.resolve("a/b/file")).exists();
    assertThat(Reaper.sweep(root, false)).singleElement().matches(is(session, Fate.RECLAIMED));
    assertThat(root.path()).isEmptyDirectory();
  }

  @Test
  void aProcessThatExitsNormallyLeavesNoFile() throws Exception {
    Process holder = startHolder();
    Path session = sessionOf(holder);

    holder.getOutputStream().close();

    assertThat(holder.waitFor()).isZero();
    assertThat(session).doesNotExist();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void theSessionOfThisVirtualMachineIsNotEvenOpened() throws Exception {
    DirectoryLease place = Session.in(parent).forNamed();
    Path session = place.enter();

    assertThat(Reaper.sweep(root, false))
        .singleElement()
        .matches(is(session, Fate.ALIVE, "of this process"));
    assertThat(sweepOfAnotherLoader()).contains("ALIVE");
    // or another process would take it for dead now
    Process other = startHolder();
    sessionOf(other);
    assertThat(session).isDirectory();

    other.getOutputStream().close();
    assertThat(other.waitFor()).isZero();
    place.leave();
    assertThat(parent).isEmptyDirectory();
  }

  /** Returns what this package finds where somebody else has loaded it once more. */
  private String sweepOfAnotherLoader() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> rootThere = loader.loadClass(UserDirectory.class.getName());
      assertThat(rootThere).isNotEqualTo(UserDirectory.class);
      return String.valueOf(
          loader
              .loadClass(Reaper.class.getName())
              .getMethod("sweep", rootThere, boolean.class)
              .invoke(null, rootThere.getMethod("in", Path.class).invoke(null, parent), false));
    }
  }

  @Test
  void aSessionOfALiveProcessIsAliveBeforeItTakesItsLock() throws Exception {
    Process holder = startHolder();
    sessionOf(holder);
    Path begun = plant(ProcessIdentity.of(holder.toHandle()));
    TreeRemoval.remove(begun);

    assertThat(Reaper.sweep(root, false))
        .hasSize(2)
        .anyMatch(is(begun, Fate.ALIVE, "process " + holder.pid() + " begins"));
    assertThat(begun.resolveSibling(begun.getFileName() + SessionName.LOCK)).exists();
  }

  @Test
  void aFileThatWasToBeUnlinkedIsRemovedWheneverItIsSeen() throws IOException {
    Path spill = Files.createFile(root.path().resolve(UserDirectory.UNLINKED + RANDOM));

    Predicate<Finding> reclaimed =
        is(spill, Fate.RECLAIMED, "its process was killed as it created it");
    assertThat(Reaper.sweep(root, true)).singleElement().matches(reclaimed);
    assertThat(spill).exists();
    assertThat(Reaper.sweep(root, false)).singleElement().matches(reclaimed);
    assertThat(spill).doesNotExist();
  }

  @Test
  void aDirectoryWithTheNameOfAnUnlinkedFileStays() throws IOException {
    Path tree = Files.createDirectory(root.path().resolve(UserDirectory.UNLINKED + RANDOM));
    Path file = Files.createFile(tree.resolve("file"));

    assertThat(Reaper.sweep(root, false)).singleElement().matches(is(tree, Fate.LEFT));
    assertThat(file).exists();
  }

  @Test
  void aLockFileThatIsALinkIsNotFollowed() throws IOException {
    Path session = plant(Steps.elsewhere());
    Path lock = session.resolveSibling(session.getFileName() + SessionName.LOCK);
    Path target = Files.createFile(elsewhere.resolve("file"));
    Files.delete(lock);
    Files.createSymbolicLink(lock, target);

    assertThat(Reaper.sweep(root, false)).singleElement().matches(is(session, Fate.LEFT));
    assertThat(session.resolve("a/b/file")).exists();
    assertThat(target).exists();
  }

  @Test
  void aRootThatReplacesTheOneInUseIsGotRound() throws IOException {
    DirectoryLease place = Session.in(parent).forNamed();
    Path session = place.enter();
    Files.delete(session);
    TreeRemoval.remove(root.path());
    Files.createDirectory(root.path());
    Files.setPosixFilePermissions(root.path(), PosixFilePermissions.fromString("rwxrwxrwx"));

    Logger logger = Logger.getLogger("io.github.niotmp");
    List<String> logged = new ArrayList<>();
    logger.setFilter(entry -> !logged.add(entry.getMessage()));
    Path another;
    try {
      another = place.enter();
      Notices.deliverHere();
    } finally {
      logger.setFilter(null);
    }

    assertThat(logged)
        .singleElement()
        .asString()
        .contains(root.path() + " cannot be used: Its permissions are rwxrwxrwx");
    assertThat(root.path()).isEmptyDirectory();
    assertThat(another.getParent()).isNotEqualTo(root.path()).hasParent(root.path().getParent());
    assertThat(another.resolveSibling(another.getFileName() + SessionName.LOCK)).exists();

    place.leave();
    place.leave();
    assertThat(another.getParent()).doesNotExist();
    assertThat(root.path()).isEmptyDirectory();
  }

  @Test
  void foreignFilesAndSessionsWithoutALockFileStay() throws IOException {
    Path foreign = Files.createFile(root.path().resolve("foreign"));
    Path strange = Files.createFile(root.path().resolve("strange.lock"));
    Path unlocked =
        Files.createDirectory(
            root.path().resolve(SessionName.fresh(ProcessIdentity.current()).toString()));

    String noName = "nio-tmp makes no such names; move it elsewhere, or delete it";
    String noLock =
        "it has no lock file that shows whether process "
            + ME.pid()
            + " lives; delete it if that process has ended";
    assertThat(Reaper.sweep(root, false))
        .containsExactlyInAnyOrder(
            new Finding(foreign, Fate.LEFT, noName),
            new Finding(strange, Fate.LEFT, noName),
            new Finding(unlocked, Fate.LEFT, noLock));
    assertThat(List.of(foreign, strange, unlocked)).allMatch(Files::exists);
  }

  @Test
  void aReportingSweepOnlyLogsForeignFilesAndARefusedRoot() throws IOException {
    Path foreign = Files.createFile(root.path().resolve("foreign"));
    Path spill = Files.createFile(root.path().resolve(UserDirectory.UNLINKED + RANDOM));
    List<LogRecord> logged = new ArrayList<>();
    Logger logger = Logger.getLogger("io.github.niotmp");
    logger.setFilter(
        entry -> {
          logged.add(entry);
          return false;
        });
    try {
      Reaper.sweepReporting(root);
      Notices.deliverHere();
      assertThat(logged)
          .extracting(LogRecord::getMessage)
          .containsExactly(
              foreign + " stays: nio-tmp makes no such names; move it elsewhere, or delete it");
      assertThat(spill).doesNotExist();

      logged.clear();
      Files.setPosixFilePermissions(root.path(), PosixFilePermissions.fromString("rwxrwxrwx"));
      Reaper.sweepReporting(root);
      Notices.deliverHere();
    } finally {
      logger.setFilter(null);
    }
    assertThat(logged)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.getMessage())
                  .isEqualTo(
                      "Files of dead processes stay in " + root.path() + ": it cannot be swept");
              assertThat(entry.getThrown()).hasMessageContaining("Its permissions are rwxrwxrwx");
            });
  }

  @Test
  void aSweepOfAMissingRootFindsNoEntry() throws IOException {
    root.removeIfEmpty();

    assertThat(Reaper.sweep(root, false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "fuseblk", "9p", "lustre"})
  void networkFileSystemsAreRemote(String type) {
    assertThat(Reaper.isRemote(type)).isTrue();
  }

  @Test
  void aSweepOnANetworkFileSystemLeavesASession() throws IOException {
    Path session = plant(Steps.elsewhere());

    assertThat(Reaper.sweep(root.path(), "nfs4", false))
        .singleElement()
        .matches(is(session, Fate.LEFT))
        .extracting(Finding::reason)
        .isEqualTo(
            "on nfs4 a free lock does not prove that its process has ended; delete it if no"
                + " process uses it");
    assertThat(session.resolve("a/b/file")).exists();
  }

  @Test
  void aSweepOnANetworkFileSystemLeavesEveryEntry() throws IOException {
    Path session = plant(Steps.elsewhere());
    List<Path> left = new ArrayList<>();
    for (String name : List.of(UserDirectory.UNLINKED + RANDOM, "strange.lock", "foreign")) {
      left.add(Files.createFile(root.path().resolve(name)));
    }
    SessionName over = SessionName.fresh(Steps.elsewhere());
    Path exit =
        Files.createSymbolicLink(root.path().resolve(SessionName.EXIT + over), Path.of("."));
    Path unlocked = Files.createDirectory(root.path().resolve(over.toString()));

    assertThat(Reaper.sweep(root.path(), "fuse.sshfs", false))
        .hasSize(5)
        .allMatch(finding -> finding.fate() == Fate.LEFT)
        .allMatch(finding -> finding.reason().startsWith("on fuse.sshfs"));
    assertThat(left).allMatch(Files::exists);
    assertThat(exit).isSymbolicLink();
    assertThat(List.of(unlocked, session.resolve("a/b/file"))).allMatch(Files::exists);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs", "btrfs", "tmpfs", "overlay", "zfs", "apfs", "NTFS"})
  void localFileSystemsAreNotRemote(String type) {
    assertThat(Reaper.isRemote(type)).isFalse();
  }

  private Path plant(ProcessIdentity owner) throws IOException {
    SessionName name = new SessionName(owner, RANDOM);
    Files.createFile(root.path().resolve(name + SessionName.LOCK));
    Path session = root.path().resolve(name.toString());
    Files.createDirectories(session.resolve("a/b"));
    Files.writeString(session.resolve("a/b/file"), "text");
    return session;
  }

  private static Predicate<Finding> is(Path path, Fate fate, String reason) {
    return new Finding(path, fate, reason)::equals;
  }

  private static Predicate<Finding> is(Path path, Fate fate) {
    return finding -> finding.path().equals(path) && finding.fate() == fate;
  }

  private Process startHolder() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SessionHolder.class.getName(),
                parent.toString())
            .redirectError(Redirect.INHERIT)
            .start();
    processes.add(process);
    return process;
  }

  @SuppressWarnings("resource") // the process goes on writing nothing
  private static Path sessionOf(Process holder) throws IOException {
    BufferedReader out = holder.inputReader(UTF_8);
    return Path.of(Objects.requireNonNull(out.readLine()));
  }
}
