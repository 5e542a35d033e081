package io.github.niotmp.tck.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.niotmp.PersistException;
import io.github.niotmp.PersistMode;
import io.github.niotmp.PersistOptions;
import io.github.niotmp.TargetLink;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempOptions;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Trees that get a final name, from every place to every place. */
@ParameterizedClass
@MethodSource("ways")
class PersistTreeTest {
  private static final PersistOptions DEFAULTS = PersistOptions.defaults();
  private static final Set<PosixFilePermission> SHARED =
      PosixFilePermissions.fromString("rwxr-x--x");
  private static final FileTime TIME = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));
  private static final int SIZE = 3 << 20;

  private final Place from;
  private final Place to;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Place.Opened source;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Place.Opened target;

  @SuppressWarnings("NullAway.Init") // made before each test
  private TempDirectory tree;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path name;

  PersistTreeTest(Place from, Place to) {
    this.from = from;
    this.to = to;
  }

  static Stream<Arguments> ways() {
    return Stream.of(Place.values())
        .flatMap(from -> Stream.of(Place.values()).map(to -> Arguments.of(from, to)));
  }

  @BeforeEach
  void open() throws IOException {
    source = from.open();
    target = from == to ? source : to.open();
    Path work = Files.createDirectory(source.directory().resolve("work"));
    tree = TempDirectory.create(TempOptions.defaults().directory(work));
    Path inner = Files.createDirectories(tree.resolve("outer/inner"));
    Files.writeString(inner.resolve("file"), "text");
    Files.write(tree.resolve("large"), new byte[SIZE]);
    Files.createSymbolicLink(tree.resolve("link"), inner.getFileSystem().getPath("outer", "inner"));
    Files.createDirectory(tree.resolve("empty"));
    Files.setPosixFilePermissions(
        inner.resolve("file"), PosixFilePermissions.fromString("r--r-x---"));
    Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("r-x--x---"));
    Files.setLastModifiedTime(inner.resolve("file"), TIME);
    Files.setLastModifiedTime(inner, TIME);
    name = Files.createDirectory(target.directory().resolve("targets")).resolve("name");
  }

  @AfterEach
  void close() throws IOException {
    Place.Opened first = source;
    try (first) {
      tree.close();
      target.close();
    }
  }

  @Test
  void theTreeGetsTheNameWithAllThatIsInItAndItsOwnerIsClosed() throws IOException {
    assertThat(tree.persist(name)).isEqualTo(name);

    assertComplete(name);
    assertThat(Files.getPosixFilePermissions(name))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertNothingBeside(name);
    assertThat(tree.path()).doesNotExist();
    assertThatThrownBy(() -> tree.resolve("a")).isInstanceOf(IllegalStateException.class);
    tree.close();
    assertThat(name).exists();
  }

  @Test
  void aTreeThatWasToBeKeptLeavesNothingBehindEither() throws IOException {
    if (!from.isTmp()) {
      tree.cleanup(false);
    }

    tree.persist(name, DEFAULTS.sync(true));

    assertComplete(name);
    assertThat(tree.path()).doesNotExist();
  }

  @Test
  void anExistingTargetIsRefusedBeforeAByteIsCopied() throws IOException {
    Files.createDirectory(name);
    List<Long> reports = new ArrayList<>();
    PersistOptions reporting = DEFAULTS.progress((copied, total) -> reports.add(copied));

    assertRefused(reporting, FileAlreadyExistsException.class);

    assertThat(reports).isEmpty();
    assertThat(name).isEmptyDirectory();
    Files.delete(name);
    tree.persist(name); // it still can
    assertComplete(name);
  }

  @Test
  void anEmptyDirectoryIsReplacedAndItsPermissionsAreKeptOnRequest() throws IOException {
    Files.createDirectory(name);
    Files.setPosixFilePermissions(name, SHARED);

    tree.persist(name, DEFAULTS.replaceExisting(true).mode(PersistMode.AS_REPLACED));

    assertComplete(name);
    assertThat(Files.getPosixFilePermissions(name)).isEqualTo(SHARED);
    assertNothingBeside(name);
  }

  @Test
  void anyOtherEntryIsNotReplaced() throws IOException {
    Files.createFile(Files.createDirectory(name).resolve("file"));
    assertThatThrownBy(() -> tree.persist(name, StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(PersistException.class)
        .hasCauseInstanceOf(DirectoryNotEmptyException.class);
    Files.delete(name.resolve("file"));
    Files.delete(name);
    Files.createFile(name);
    assertRefused(DEFAULTS.replaceExisting(true), FileSystemException.class);

    assertThat(name).isEmptyFile();
    assertNothingBeside(name);
  }

  @Test
  void anOptionWithoutAMeaningHereIsRefused() {
    assertThatThrownBy(() -> tree.persist(name, StandardCopyOption.COPY_ATTRIBUTES))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("COPY_ATTRIBUTES")
        .hasMessageContaining("REPLACE_EXISTING");
    assertThat(name).doesNotExist();
  }

  @Test
  void theDirectoryHasThePermissionsThatTheOptionsSay() throws IOException {
    tree.persist(name, DEFAULTS.permissions(SHARED));

    assertThat(Files.getPosixFilePermissions(name)).isEqualTo(SHARED);
    assertComplete(name);
  }

  @Test
  void theDirectoryMayBeReadOnly() throws IOException {
    Set<PosixFilePermission> readOnly = PosixFilePermissions.fromString("r-xr-xr-x");

    tree.persist(name, DEFAULTS.permissions(readOnly));

    assertThat(Files.getPosixFilePermissions(name)).isEqualTo(readOnly);
    assertComplete(name);
    Files.setPosixFilePermissions(name, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void aModeOfTheOwnersAloneTakesTheOthersPermissions() throws IOException {
    Files.setPosixFilePermissions(tree.path(), SHARED);

    tree.persist(name, DEFAULTS.mode(PersistMode.OWNER_ONLY));

    assertThat(Files.getPosixFilePermissions(name))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void theUmaskGivesThePermissionsOfAnyProgramsDirectory() throws IOException {
    Path ordinary = Files.createTempDirectory("x").resolve("ordinary");
    Files.createDirectory(ordinary);
    Set<PosixFilePermission> expected = Files.getPosixFilePermissions(ordinary);
    Files.delete(ordinary);
    Files.delete(ordinary.getParent());

    tree.persist(name, DEFAULTS.mode(PersistMode.UMASK));

    assertThat(Files.getPosixFilePermissions(name)).isEqualTo(expected);
  }

  /** Both trees on the host are in its temporary directory. */
  private boolean isRenamed() {
    return from == to || (from == Place.HOST && to == Place.DISK);
  }

  @Test
  void aCopyReportsItsProgressAndARenameDoesNot() throws IOException {
    List<Long> reports = new ArrayList<>();

    tree.persist(
        name,
        DEFAULTS.progress(
            (copied, total) -> {
              assertThat(total).isEqualTo(SIZE + "text".length());
              reports.add(copied);
            }));

    if (isRenamed()) {
      assertThat(reports).isEmpty();
    } else {
      assertThat(reports).isSorted().hasSizeGreaterThan(2).endsWith((long) SIZE + "text".length());
    }
  }

  @Test
  void anInterruptEndsACopyAndLeavesNothing() throws IOException {
    PersistOptions interrupting =
        DEFAULTS.progress((copied, total) -> Thread.currentThread().interrupt());
    if (isRenamed()) {
      tree.persist(name, interrupting);
      return;
    }

    Throwable failure =
        catchThrowableOfType(PersistException.class, () -> tree.persist(name, interrupting));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure).hasCauseInstanceOf(ClosedByInterruptException.class);
    assertThat(name.getParent()).isEmptyDirectory();
    assertComplete(tree.path());
  }

  @Test
  void aFailureOfTheProgressReachesTheCallerAndLeavesNothing() throws IOException {
    IllegalStateException thrown = new IllegalStateException("thrown");
    PersistOptions failing =
        DEFAULTS.progress(
            (copied, total) -> {
              throw thrown;
            });
    if (!isRenamed()) {
      assertThatThrownBy(() -> tree.persist(name, failing)).isSameAs(thrown);

      assertThat(name.getParent()).isEmptyDirectory();
      assertComplete(tree.path());
    }
  }

  @Test
  void aMissingParentIsTold() throws IOException {
    Path parent = name;
    name = parent.resolve("name");

    assertRefused(DEFAULTS, NoSuchFileException.class);

    assertComplete(tree.path());
  }

  @Test
  void aLinkAtTheTargetIsTreatedAsTheOptionsSay() throws IOException {
    Path behind = name.resolveSibling("behind");
    Path relative = behind.getFileName();
    Files.createSymbolicLink(name, relative);

    assertRefused(DEFAULTS, FileAlreadyExistsException.class);
    assertRefused(
        DEFAULTS.replaceExisting(true).targetLink(TargetLink.REFUSE), FileSystemException.class);
    assertRefused(DEFAULTS.replaceExisting(true), FileSystemException.class);
    tree.persist(name, DEFAULTS.targetLink(TargetLink.FOLLOW));

    assertThat(Files.readSymbolicLink(name)).isEqualTo(relative);
    assertThat(Files.isDirectory(behind, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertComplete(behind);
  }

  @Test
  void aTreeIsNotMovedIntoItself() throws IOException {
    name = tree.resolve("outer/name");

    assertRefused(DEFAULTS, FileSystemException.class);

    assertComplete(tree.path());
  }

  private void assertRefused(PersistOptions how, Class<? extends IOException> cause) {
    PersistException failure =
        catchThrowableOfType(PersistException.class, () -> tree.persist(name, how));
    assertThat(failure).hasCauseInstanceOf(cause);
    assertThat(failure.tempDirectory()).isSameAs(tree);
    assertThatThrownBy(failure::tempFile).isInstanceOf(IllegalStateException.class);
    assertThat(tree.resolve("large")).exists();
  }

  private static void assertComplete(Path root) throws IOException {
    Path inner = root.resolve("outer/inner");
    Path file = inner.resolve("file");
    assertThat(file).hasContent("text");
    assertThat(root.resolve("large")).hasSize(SIZE);
    assertThat(root.resolve("empty")).isEmptyDirectory();
    assertThat(Files.readSymbolicLink(root.resolve("link"))).hasToString("outer/inner");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("r--r-x---"));
    assertThat(Files.getPosixFilePermissions(inner))
        .isEqualTo(PosixFilePermissions.fromString("r-x--x---"));
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(TIME);
    assertThat(Files.getLastModifiedTime(inner)).isEqualTo(TIME);
  }

  private static void assertNothingBeside(Path name) throws IOException {
    try (Stream<Path> all = Files.list(name.getParent())) {
      assertThat(all).containsExactly(name);
    }
  }
}
