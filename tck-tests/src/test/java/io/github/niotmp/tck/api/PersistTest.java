package io.github.niotmp.tck.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.niotmp.PersistException;
import io.github.niotmp.PersistOptions;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A final name, from every place to every place, and to another device. */
@ParameterizedClass
@MethodSource("ways")
class PersistTest {
  private static final PersistOptions REPLACING = PersistOptions.defaults().replaceExisting(true);
  private static final Set<PosixFilePermission> SHARED =
      PosixFilePermissions.fromString("rw-r--r--");

  private final Place from;
  private final Place to;
  private Place.Opened source;
  private Place.Opened target;
  private TempOptions options;
  private Path name;

  PersistTest(Place from, Place to) {
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
    options = TempOptions.defaults().directory(source.directory());
    name = target.directory().resolve("name");
  }

  @AfterEach
  void close() throws IOException {
    Place.Opened first = source;
    try (first) {
      target.close();
    }
  }

  @Test
  void theFileGetsTheNameAndIsClosed() throws IOException {
    TempFile file = file();

    assertThat(file.persist(name)).isEqualTo(name);

    assertThat(name).hasContent("text");
    assertOnlyTheNameIsLeft();
    assertThatThrownBy(file::channel).isInstanceOf(IllegalStateException.class);
    file.close();
    assertThat(name).exists();
  }

  @Test
  void aFileWithoutANameGetsOne() throws IOException {
    TempFile file = written(TempFile.createUnnamed(options));

    file.persist(name);

    assertThat(name).hasContent("text");
    assertOnlyTheNameIsLeft();
  }

  @Test
  void withCleanupOffTheFileIsMovedAllTheSame() throws IOException {
    assumeThat(from.isTmp()).isFalse(); // a file there cannot be kept
    written(TempFile.create(options.cleanup(false))).persist(name);

    assertThat(name).hasContent("text");
    assertOnlyTheNameIsLeft();
  }

  @Test
  void withCleanupOffAFileReplacesAnotherAndOneWithoutANameGetsIt() throws IOException {
    assumeThat(from.isTmp()).isFalse(); // a file there cannot be kept
    TempOptions kept = options.cleanup(false);
    Files.writeString(name, "old");

    written(TempFile.create(kept)).persist(name, REPLACING);
    assertThat(name).hasContent("text");
    assertOnlyTheNameIsLeft();

    Files.delete(name);
    written(TempFile.createUnnamed(kept)).persist(name);
    assertThat(name).hasContent("text");
    assertOnlyTheNameIsLeft();
  }

  @Test
  void anEmptyFileAndALargeOneArriveWhole() throws IOException {
    TempFile.create(options).persist(name);
    assertThat(name).isEmptyFile();

    byte[] large = new byte[3_000_001];
    large[3_000_000] = 1;
    try (TempFile file = TempFile.create(options)) {
      Files.write(file.path(), large);
      file.persist(name, REPLACING.sync(true));
    }
    assertThat(name).hasBinaryContent(large);
  }

  @Test
  void anExistingTargetIsRefusedAndTheFileHandedBack() throws IOException {
    Files.writeString(name, "old");
    try (TempFile file = file()) {
      assertThatThrownBy(() -> file.persist(name))
          .isInstanceOf(PersistException.class)
          .hasCauseInstanceOf(FileAlreadyExistsException.class)
          .hasMessageContaining(name.toString())
          .satisfies(e -> assertThat(((PersistException) e).tempFile()).isSameAs(file));

      assertThat(name).hasContent("old");
      file.persist(name.resolveSibling("another"));
    }
    assertThat(name.resolveSibling("another")).hasContent("text");
  }

  @Test
  void anExistingTargetIsReplacedWhereThatIsAskedFor() throws IOException {
    Files.writeString(name, "old");

    file().persist(name, REPLACING);

    assertThat(name).hasContent("text");
    assertOnlyTheNameIsLeft();
  }

  @Test
  void aRootIsAnExistingTarget() throws IOException {
    Path root = target.directory().getRoot();
    try (TempFile file = file()) {
      assertThatThrownBy(() -> file.persist(root, REPLACING))
          .isInstanceOf(PersistException.class)
          .cause()
          .isInstanceOf(FileAlreadyExistsException.class)
          .hasMessage(root.toString());
      assertThat(file.path()).hasContent("text");
    }
  }

  @Test
  void aLinkAtTheTargetIsReplacedAndNotFollowed() throws IOException {
    Path pointedAt = Files.writeString(target.directory().resolve("pointed at"), "old");
    Files.createSymbolicLink(name, pointedAt);

    try (TempFile file = file()) {
      assertThatThrownBy(() -> file.persist(name)).isInstanceOf(PersistException.class);
      file.persist(name, REPLACING);
    }

    assertThat(name).hasContent("text");
    assertThat(Files.isSymbolicLink(name)).isFalse();
    assertThat(pointedAt).hasContent("old");
  }

  @Test
  void permissionsAreTheOwnersUnlessOthersAreAskedFor() throws IOException {
    file().persist(name);
    assertThat(Files.getPosixFilePermissions(name))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));

    file().persist(name, REPLACING.permissions(SHARED));
    assertThat(Files.getPosixFilePermissions(name)).isEqualTo(SHARED);
  }

  @Test
  void permissionsOfTheTemporaryFileAreKept() throws IOException {
    TempFile file = TempFile.create(options);
    Files.setPosixFilePermissions(file.path(), SHARED);

    file.persist(name);

    assertThat(Files.getPosixFilePermissions(name)).isEqualTo(SHARED);
  }

  @Test
  void aFailureLeavesTheFileAsItWas() throws IOException {
    Files.createDirectory(name);
    Files.createFile(name.resolve("entry"));
    try (TempFile file = file()) {
      assertThatThrownBy(() -> file.persist(name, REPLACING.permissions(SHARED).sync(true)))
          .isInstanceOf(PersistException.class);

      assertThat(file.path()).hasContent("text");
      assertThat(Files.getPosixFilePermissions(file.path()))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(name).isNotEmptyDirectory();
    }
    assertOnlyTheNameIsLeft();
  }

  @Test
  void aMissingDirectoryIsNamed() throws IOException {
    Path missing = target.directory().resolve("missing/name");
    try (TempFile file = file()) {
      assertThatThrownBy(() -> file.persist(missing))
          .isInstanceOf(PersistException.class)
          .hasCauseInstanceOf(NoSuchFileException.class)
          .hasMessageContaining(missing.toString());
      assertThat(file.newInputStream().readAllBytes()).asString(UTF_8).isEqualTo("text");
    }
  }

  @Test
  void aFileWhoseChannelWasClosedIsReadByItsName() throws IOException {
    TempFile file = file();
    file.channel().close();

    file.persist(name);

    assertThat(name).hasContent("text");
  }

  private void assertOnlyTheNameIsLeft() {
    assertThat(target.directory()).isDirectoryNotContaining(path -> !path.equals(name));
    assertThat(source.directory()).isDirectoryNotContaining(path -> !path.equals(name));
  }

  private TempFile file() throws IOException {
    return written(TempFile.create(options));
  }

  private static TempFile written(TempFile file) throws IOException {
    file.channel().write(UTF_8.encode("text"));
    return file;
  }
}
