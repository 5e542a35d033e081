package io.github.niotmp.tck.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.PersistException;
import io.github.niotmp.PersistMode;
import io.github.niotmp.PersistOptions;
import io.github.niotmp.PersistProgress;
import io.github.niotmp.TargetLink;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which a temporary file becomes a lasting one, by a rename and by a copy. */
@ParameterizedClass
@MethodSource("ways")
class PersistModesTest {
  private static final PersistOptions REPLACING = PersistOptions.defaults().replaceExisting(true);
  private static final int LARGE = 10 << 20;

  private final Place from;
  private final Place to;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path disk;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Place.Opened source;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Place.Opened target;

  @SuppressWarnings("NullAway.Init") // made before each test
  private TempOptions options;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path name;

  PersistModesTest(Place from, Place to) {
    this.from = from;
    this.to = to;
  }

  static Stream<Arguments> ways() {
    return Stream.of(
        Arguments.of(Place.DISK, Place.DISK),
        Arguments.of(Place.TMP, Place.TMP),
        Arguments.of(Place.HOST, Place.HOST),
        Arguments.of(Place.TMP, Place.DISK),
        Arguments.of(Place.HOST, Place.DISK),
        Arguments.of(Place.DISK, Place.ANOTHER_DEVICE),
        Arguments.of(Place.DISK, Place.TMP),
        Arguments.of(Place.TMP, Place.JIMFS),
        Arguments.of(Place.WITHOUT_LINKS, Place.WITHOUT_LINKS));
  }

  @BeforeEach
  void open() throws IOException {
    source = from.open();
    target = from == to ? source : to.open();
    options = TempOptions.defaults().directory(source.directory());
    name = target.directory().resolve("name");
  }

  @AfterEach
  void close() throws IOException {
    Thread.interrupted();
    Place.Opened first = source;
    try (first) {
      target.close();
    }
  }

  private boolean isCopied() {
    return from != to && !(from == Place.HOST && to == Place.DISK);
  }

  private TempFile file() throws IOException {
    return written(TempFile.create(options));
  }

  private static TempFile written(TempFile file) throws IOException {
    file.channel().write(UTF_8.encode("text"));
    return file;
  }

  private TempFile large(boolean named) throws IOException {
    TempFile file = named ? TempFile.create(options) : TempFile.createUnnamed(options);
    file.setSize(LARGE);
    file.channel().write(ByteBuffer.wrap(new byte[] {1}), LARGE / 2);
    return file;
  }

  private static Set<PosixFilePermission> permissions(String text) {
    return PosixFilePermissions.fromString(text);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private void assertNothingElseIsLeft(Path... expected) {
    assertThat(target.directory())
        .isDirectoryNotContaining(path -> !List.of(expected).contains(path));
    assertThat(source.directory())
        .isDirectoryNotContaining(path -> !List.of(expected).contains(path));
  }

  private TempFile shared(String permissions) throws IOException {
    TempFile file = file();
    Files.setPosixFilePermissions(file.path(), permissions(permissions));
    return file;
  }

  @Test
  void asIsKeepsThePermissionsOfTheFile() throws IOException {
    Files.createFile(name);
    Files.setPosixFilePermissions(name, permissions("rw-rw-rw-"));

    shared("rwxr-----").persist(name, REPLACING.mode(PersistMode.AS_IS));

    assertThat(mode(name)).isEqualTo("rwxr-----");
  }

  @Test
  void asReplacedTakesThoseOfTheTarget() throws IOException {
    Files.createFile(name);
    Files.setPosixFilePermissions(name, permissions("rw-r---w-"));

    shared("rwxr-----").persist(name, REPLACING.mode(PersistMode.AS_REPLACED));

    assertThat(mode(name)).isEqualTo("rw-r---w-");
    assertNothingElseIsLeft(name);
  }

  @Test
  void asReplacedIsAsIsWithoutATarget() throws IOException {
    shared("rwxr-----").persist(name, REPLACING.mode(PersistMode.AS_REPLACED));

    assertThat(mode(name)).isEqualTo("rwxr-----");
  }

  @Test
  void umaskGivesThoseOfAnyNewFile() throws IOException {
    String ofAnyFile = mode(Files.createFile(disk.resolve("file")));
    String ofAnyDirectory = mode(Files.createDirectory(disk.resolve("directory")));

    file().persist(name, PersistOptions.defaults().mode(PersistMode.UMASK));
    assertThat(mode(name)).isEqualTo(ofAnyFile);

    shared("rwx------").persist(name, REPLACING.mode(PersistMode.UMASK));
    assertThat(mode(name)).isEqualTo(ofAnyDirectory);
  }

  @Test
  void ownerOnlyTakesTheOthersTheirs() throws IOException {
    Files.createFile(name);
    Files.setPosixFilePermissions(name, permissions("rw-rw-rw-"));

    shared("rwxrwxrwx").persist(name, REPLACING.mode(PersistMode.OWNER_ONLY));

    assertThat(mode(name)).isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw-rw-", "r--------", "---------", "rwxrwxrwx"})
  void givenPermissionsAreSetWhateverTheUmask(String given) throws IOException {
    file().persist(name, PersistOptions.defaults().permissions(permissions(given)));
    assertThat(mode(name)).isEqualTo(given);

    written(TempFile.createUnnamed(options))
        .persist(name, REPLACING.permissions(permissions(given)).sync(true));
    assertThat(mode(name)).isEqualTo(given);
    assertNothingElseIsLeft(name);
  }

  @Test
  void refusalLeavesThePermissionsOfTheFile() throws IOException {
    Files.createFile(name);
    try (TempFile file = shared("rw-r-----")) {
      assertThatThrownBy(
              () ->
                  file.persist(
                      name, PersistOptions.defaults().permissions(permissions("rwxrwxrwx"))))
          .hasCauseInstanceOf(FileAlreadyExistsException.class);

      assertThat(mode(file.path())).isEqualTo("rw-r-----");
    }
  }

  private static PersistOptions link(TargetLink link) {
    return PersistOptions.defaults().targetLink(link);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refuseRefusesEachLink(boolean replacing) throws IOException {
    Path real = Files.writeString(name.resolveSibling("real"), "old");
    for (Path to : new Path[] {real, name.resolveSibling("missing")}) {
      Files.createSymbolicLink(name, to);
      try (TempFile file = file()) {
        assertThatThrownBy(
                () -> file.persist(name, link(TargetLink.REFUSE).replaceExisting(replacing)))
            .isInstanceOf(PersistException.class)
            .cause()
            .isInstanceOf(FileSystemException.class)
            .hasMessageContaining(name.toString())
            .hasMessageContaining("symbolic link");
        assertThat(file.size()).isEqualTo(4);
      }
      assertThat(Files.readSymbolicLink(name)).isEqualTo(to);
      Files.delete(name);
    }
    assertThat(real).hasContent("old");
    file().persist(name, link(TargetLink.REFUSE));
    assertThat(name).hasContent("text");
  }

  @Test
  void replaceReplacesTheLinkAlone() throws IOException {
    Path missing = name.resolveSibling("missing");
    Files.createSymbolicLink(name, missing);
    try (TempFile file = file()) {
      assertThatThrownBy(() -> file.persist(name, link(TargetLink.REPLACE)))
          .hasCauseInstanceOf(FileAlreadyExistsException.class);
      file.persist(name, link(TargetLink.REPLACE).replaceExisting(true));
    }

    assertThat(Files.isRegularFile(name, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(missing).doesNotExist();
    assertNothingElseIsLeft(name);
  }

  @Test
  void followCreatesTheFileThatADanglingLinkLeadsTo() throws IOException {
    Path missing = name.resolveSibling("missing");
    Files.createSymbolicLink(name, missing.getFileName());

    assertThat(file().persist(name, link(TargetLink.FOLLOW))).isEqualTo(name);

    assertThat(Files.isSymbolicLink(name)).isTrue();
    assertThat(missing).hasContent("text");
    assertNothingElseIsLeft(name, missing);
  }

  @Test
  void followReplacesTheFileAtTheEndOfAChainIfThatIsAllowed() throws IOException {
    Path sub = Files.createDirectory(name.resolveSibling("sub"));
    Path real = Files.writeString(name.resolveSibling("real"), "old");
    Path second = Files.createSymbolicLink(sub.resolve("second"), relative("../real"));
    Files.createSymbolicLink(name, relative("sub/second"));

    try (TempFile file = file()) {
      assertThatThrownBy(() -> file.persist(name, link(TargetLink.FOLLOW)))
          .hasCauseInstanceOf(FileAlreadyExistsException.class);
      assertThat(real).hasContent("old");
      file.persist(name, link(TargetLink.FOLLOW).replaceExisting(true));
    }

    assertThat(real).hasContent("text");
    assertThat(Files.isSymbolicLink(name)).isTrue();
    assertThat(Files.isSymbolicLink(second)).isTrue();
    assertThat(Files.isSymbolicLink(real)).isFalse();
    assertThat(sub).isDirectoryNotContaining(path -> !path.equals(second));
    assertNothingElseIsLeft(name, sub, real);
  }

  private Path relative(String path) {
    return name.getFileSystem().getPath(path);
  }

  @Test
  void followKeepsToTheModeOfTheFileAtTheEnd() throws IOException {
    Path real = Files.createFile(name.resolveSibling("real"));
    Files.setPosixFilePermissions(real, permissions("rw-r--r--"));
    Files.createSymbolicLink(name, real);

    file()
        .persist(name, link(TargetLink.FOLLOW).replaceExisting(true).mode(PersistMode.AS_REPLACED));

    assertThat(mode(real)).isEqualTo("rw-r--r--");
  }

  @Test
  void followRefusesALoop() throws IOException {
    Path other = Files.createSymbolicLink(name.resolveSibling("other"), name);
    Files.createSymbolicLink(name, other);
    try (TempFile file = file()) {
      assertThatThrownBy(() -> file.persist(name, link(TargetLink.FOLLOW).replaceExisting(true)))
          .hasCauseInstanceOf(FileSystemLoopException.class);
      assertThat(file.size()).isEqualTo(4);
    }
    assertNothingElseIsLeft(name, other);
  }

  @Test
  void aLinkToADirectoryIsNotATarget() throws IOException {
    Path directory = Files.createDirectory(name.resolveSibling("directory"));
    Files.createSymbolicLink(name, directory);
    try (TempFile file = file()) {
      assertThatThrownBy(() -> file.persist(name, link(TargetLink.FOLLOW).replaceExisting(true)))
          .hasCauseInstanceOf(FileSystemException.class)
          .hasMessageContaining("Is a directory");
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void theOptionOfTheJdkReplaces() throws IOException {
    Files.writeString(name, "old");

    file().persist(name, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.REPLACE_EXISTING);

    assertThat(name).hasContent("text");
  }

  @Test
  void otherOptionsOfTheJdkAreRefused() throws IOException {
    try (TempFile file = file()) {
      for (CopyOption option :
          new CopyOption[] {
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS
          }) {
        assertThatThrownBy(() -> file.persist(name, option))
            .isInstanceOf(UnsupportedOperationException.class)
            .hasMessageContaining(option.toString())
            .hasMessageContaining("REPLACE_EXISTING");
      }
      assertThat(file.size()).isEqualTo(4);
    }
    assertThat(name).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDirectoryIsNeverReplaced(boolean empty) throws IOException {
    Files.createDirectory(name);
    if (!empty) {
      Files.createFile(name.resolve("entry"));
    }
    try (TempFile file = file()) {
      assertThatThrownBy(() -> file.persist(name, REPLACING))
          .isInstanceOf(PersistException.class)
          .hasCauseInstanceOf(FileSystemException.class)
          .hasMessageContaining("Is a directory");
      assertThatThrownBy(() -> file.persist(name))
          .hasCauseInstanceOf(FileAlreadyExistsException.class);
      assertThat(file.size()).isEqualTo(4);
    }
    assertThat(name).isDirectory();
    assertNothingElseIsLeft(name);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTargetIsRefusedBeforeAByteIsCopied(boolean named) throws IOException {
    Files.writeString(name, "old");
    List<Long> copied = new ArrayList<>();
    PersistOptions watched =
        PersistOptions.defaults().progress((bytes, total) -> copied.add(bytes));
    try (TempFile file = large(named)) {
      assertThatThrownBy(() -> file.persist(name, watched))
          .hasCauseInstanceOf(FileAlreadyExistsException.class);
      assertThatThrownBy(() -> file.persist(name.resolve("below"), watched))
          .isInstanceOf(PersistException.class);
      assertThatThrownBy(() -> file.persist(name.resolveSibling("missing/name"), watched))
          .hasCauseInstanceOf(NoSuchFileException.class);
    }
    assertThat(copied).isEmpty();
    assertNothingElseIsLeft(name);
  }

  @Test
  void progressGrowsUpToTheSize() throws IOException {
    List<Long> copied = new ArrayList<>();
    PersistOptions watched =
        PersistOptions.defaults()
            .progress(
                (bytes, total) -> {
                  assertThat(total).isEqualTo(LARGE);
                  copied.add(bytes);
                });

    large(true).persist(name, watched);

    if (isCopied()) {
      assertThat(copied)
          .hasSizeGreaterThan(1)
          .isSorted()
          .doesNotHaveDuplicates()
          .endsWith((long) LARGE);
    } else {
      assertThat(copied).isEmpty();
    }
    assertLargeArrived();
  }

  private void assertLargeArrived() throws IOException {
    assertThat(name).hasSize(LARGE);
    try (FileChannel channel = FileChannel.open(name)) {
      ByteBuffer bytes = ByteBuffer.allocate(3);
      channel.read(bytes, LARGE / 2 - 1);
      assertThat(bytes.array()).containsExactly(0, 1, 0);
    }
    assertNothingElseIsLeft(name);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatProgressThrowsEndsTheCopyAndLeavesNothing(boolean named) throws IOException {
    assumeTrue(!named || isCopied(), "a rename has no progress");
    PersistProgress failing =
        (bytes, total) -> {
          throw new IllegalStateException("enough");
        };
    try (TempFile file = large(named)) {
      assertThatThrownBy(() -> file.persist(name, PersistOptions.defaults().progress(failing)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("enough");
      assertThat(name).doesNotExist();
      file.persist(name);
    }
    assertLargeArrived();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInterruptEndsTheCopyAndLeavesNothing(boolean named) throws IOException {
    assumeTrue(!named || isCopied(), "a rename has no end to wait for");
    List<Long> copied = new ArrayList<>();
    PersistOptions interrupted =
        PersistOptions.defaults()
            .progress(
                (bytes, total) -> {
                  copied.add(bytes);
                  Thread.currentThread().interrupt();
                });
    try (TempFile file = large(named)) {
      assertThatThrownBy(() -> file.persist(name, interrupted))
          .isInstanceOf(PersistException.class)
          .hasCauseInstanceOf(ClosedByInterruptException.class)
          .satisfies(e -> assertThat(((PersistException) e).tempFile()).isSameAs(file));
      assertThat(Thread.interrupted()).as("is still interrupted").isTrue();

      assertThat(copied).hasSize(1);
      assertThat(target.directory())
          .isDirectoryNotContaining(path -> from != to || !path.equals(pathOf(file)));
      assertThat(file.size()).isEqualTo(LARGE);
      assertThat(file.channel().isOpen()).isTrue();
      file.persist(name);
    }
    assertLargeArrived();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInterruptBeforehandDoesSoToo(boolean named) throws IOException {
    assumeTrue(!named || isCopied(), "a rename has no end to wait for");
    try (TempFile file = large(named)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> file.persist(name))
          .isInstanceOf(PersistException.class)
          .hasCauseInstanceOf(ClosedByInterruptException.class);
      assertThat(Thread.interrupted()).as("is still interrupted").isTrue();

      assertThat(name).doesNotExist();
      file.persist(name);
    }
    assertLargeArrived();
  }

  private static Path pathOf(TempFile file) {
    try {
      return file.path();
    } catch (UnsupportedOperationException e) {
      return Path.of("none");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileWithoutANameGetsIt(boolean replacing) throws IOException {
    if (replacing) {
      Files.writeString(name, "old");
    }

    written(TempFile.createUnnamed(options))
        .persist(name, PersistOptions.defaults().replaceExisting(replacing));

    assertThat(name).hasContent("text");
    assertThat(mode(name)).isEqualTo("rw-------");
    assertNothingElseIsLeft(name);
  }

  @ParameterizedTest
  @EnumSource(names = {"TMP", "HOST"})
  void aFileOnTheDiskIsRenamedThere(Place kind) throws IOException {
    assumeTrue(from == kind && to == Place.DISK, "from tmp: to the disk");
    Map<String, Object> settings =
        Map.of("directory", disk, "storage", kind == Place.TMP ? "spooled" : "host");
    try (FileSystem tmp = TmpFileSystems.open(settings)) {
      for (boolean replacing : new boolean[] {false, true}) {
        TempFile file = written(TempFile.create(tmp.getPath("/"), "a", ".txt"));
        Object key = key(file.hostPath());
        Path there = disk.resolve("persisted");

        file.persist(
            there,
            PersistOptions.defaults()
                .replaceExisting(replacing)
                .progress((bytes, total) -> assertThat(bytes).as("copied").isNegative()));

        assertThat(key(there)).isEqualTo(key);
        assertThat(there).hasContent("text");
        assertThat(tmp.getPath("/")).isEmptyDirectory();
      }
    }
    assertThat(disk.resolve("persisted")).hasContent("text");
  }

  private static Object key(Path path) throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    assumeTrue(key != null, "no file keys");
    return String.valueOf(key);
  }

  @Test
  void anOptionIsEqualToOneWithTheSameSettings() {
    PersistProgress progress = (bytes, total) -> {};
    PersistOptions one =
        REPLACING
            .mode(PersistMode.UMASK)
            .targetLink(TargetLink.FOLLOW)
            .sync(true)
            .progress(progress);
    PersistOptions other =
        PersistOptions.defaults()
            .progress(progress)
            .sync(true)
            .targetLink(TargetLink.FOLLOW)
            .permissions(permissions("rw-------"))
            .mode(PersistMode.UMASK)
            .replaceExisting(true);

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(REPLACING);
    assertThat(REPLACING.permissions(permissions("rw-r-----")))
        .hasToString(
            "PersistOptions[replaceExisting=true, targetLink=REPLACE, permissions=rw-r-----,"
                + " sync=false]");
    assertThat(one.toString()).contains("mode=UMASK", "FOLLOW", "sync=true", "progress=");
  }
}
