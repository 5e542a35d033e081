package io.github.niotmp.tck.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The cases of CPython's own tests of {@code TemporaryDirectory} and {@code mkdtemp}, by their
 * results. Collection, exit and log have tests of their own, and so have the modes as a user whom
 * they bind; byte strings as names and the flags of BSD have no counterpart.
 */
@ParameterizedClass
@EnumSource
class PythonDirectoryCasesTest {
  private static final int MANY = 100;
  private static final int NAMES = 32;
  private static final String[] MODES = {
    "---------",
    "--x------",
    "-w-------",
    "-wx------",
    "r--------",
    "r-x------",
    "rw-------",
    "rwx------"
  };

  private final Place place;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Place.Opened opened;

  @SuppressWarnings("NullAway.Init") // made before each test
  private TempOptions options;

  PythonDirectoryCasesTest(Place place) {
    this.place = place;
  }

  @BeforeEach
  void open() throws IOException {
    opened = place.open();
    options = TempOptions.defaults().directory(opened.directory());
  }

  @AfterEach
  void close() throws IOException {
    opened.close();
  }

  private TempDirectory filled(int levels, int width) throws IOException {
    TempDirectory tree = TempDirectory.create(options);
    fill(tree.path(), levels, width);
    return tree;
  }

  private static void fill(Path directory, int levels, int width) throws IOException {
    for (int i = 0; i < width; i++) {
      Files.writeString(directory.resolve("test" + i + ".txt"), "text");
      if (levels > 0) {
        fill(Files.createDirectory(directory.resolve("dir" + i)), levels - 1, width);
      }
    }
  }

  @Test
  void aMissingDirectoryIsTheOnlyThingThatIsTold() throws IOException {
    TempDirectory gone = TempDirectory.create(options);
    gone.close();

    assertThatThrownBy(() -> TempDirectory.create(options.directory(gone.path())))
        .isInstanceOf(NoSuchFileException.class)
        .hasNoCause()
        .hasNoSuppressedExceptions();
  }

  @Test
  void closingRemovesTheTree() throws IOException {
    TempDirectory tree = filled(1, 1);
    assertThat(tree.path()).isNotEmptyDirectory();

    tree.close();

    assertThat(opened.directory()).isEmptyDirectory();
  }

  @Test
  void aFileThatIsOpenIsNoReasonToFailIfErrorsAreIgnored() throws IOException {
    TempDirectory tree = TempDirectory.create(options.ignoreCleanupErrors(true));
    try (OutputStream out = Files.newOutputStream(tree.resolve("a_file.txt"))) {
      out.write(1);
      tree.close();
    }
    tree.close();

    assertThat(tree.path()).doesNotExist();
  }

  @Test
  void aLinkToADirectoryIsNotFollowed() throws IOException {
    TempDirectory tree = filled(1, 1);
    TempDirectory other = filled(0, 1);
    Files.createSymbolicLink(tree.resolve("foo"), other.path());

    tree.close();

    assertThat(tree.path()).doesNotExist();
    assertThat(other.resolve("test0.txt")).hasContent("text");
    other.close();
  }

  @Test
  void whatALinkLeadsToKeepsItsMode() throws IOException {
    try (TempDirectory other = filled(1, 1)) {
      for (String mode : MODES) {
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(mode);
        for (String name : new String[] {"test0.txt", "dir0", "missing"}) {
          Path target = other.resolve(name);
          boolean exists = Files.exists(target);
          if (exists) {
            Files.setPosixFilePermissions(target, permissions);
          }
          TempDirectory tree = filled(0, 1);
          Files.createSymbolicLink(tree.resolve("symlink"), target);
          Files.setPosixFilePermissions(tree.path(), permissions);

          tree.close();

          assertThat(tree.path()).doesNotExist();
          if (exists) {
            assertThat(Files.getPosixFilePermissions(target)).isEqualTo(permissions);
          }
        }
      }
    }
  }

  @Test
  void aTreeOfAnyModeIsRemoved() throws IOException {
    for (String mode : MODES) {
      TempDirectory tree = filled(3, 2);
      try (Stream<Path> walk = Files.walk(tree.path())) {
        for (Path each : (Iterable<Path>) walk.sorted(Comparator.reverseOrder())::iterator) {
          Files.setPosixFilePermissions(each, PosixFilePermissions.fromString(mode));
        }
      }

      tree.close();

      assertThat(opened.directory()).isEmptyDirectory();
    }
  }

  @Test
  void itMayBeClosedManyTimes() throws IOException {
    TempDirectory tree = filled(1, 1);

    tree.close();
    tree.close();
    tree.close();

    assertThat(tree.path()).doesNotExist();
  }

  @Test
  void aBlockThatEndsRemovesIt() throws IOException {
    Path path;
    try (TempDirectory tree = filled(1, 1)) {
      path = tree.path();
      assertThat(path).isDirectory();
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void itStaysIfItIsNotToBeDeleted() throws IOException {
    Assumptions.assumeTrue(!place.isTmp(), "nothing lasts there");
    TempDirectory tree = TempDirectory.create(options.cleanup(false));

    tree.close();

    assertThat(tree.path()).isEmptyDirectory();
  }

  @Test
  void aNameHasThePrefixTheRandomPartAndTheSuffix() throws IOException {
    String[][] parts = {{"", ""}, {"a", ""}, {"", "b"}, {"a", "b"}, {"aa", ".txt"}};
    for (String[] part : parts) {
      try (TempDirectory tree = TempDirectory.create(options.prefix(part[0]).suffix(part[1]))) {
        String name = tree.path().getFileName().toString();

        assertThat(name).startsWith(part[0]).endsWith(part[1]);
        assertThat(name.length()).isGreaterThan(part[0].length() + part[1].length());
        assertThat(tree.path().getParent()).isEqualTo(opened.directory());
      }
    }
  }

  @Test
  void manyHaveNamesOfTheirOwn() throws IOException {
    Set<Path> paths = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      paths.add(TempDirectory.create(options.prefix("aa")).path());
    }
    assertThat(paths).hasSize(MANY);
  }

  @Test
  void itIsTheOwnersAlone() throws IOException {
    try (TempDirectory tree = TempDirectory.create(options)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tree.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void anotherNameIsTriedWhereAFileOrADirectoryHasTheFirst() throws IOException {
    TempOptions oneCharacter = options.prefix("").randomLength(1);
    String alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    for (int i = 1; i < NAMES; i++) {
      Path taken = opened.directory().resolve(alphabet.substring(i, i + 1));
      if (i % 2 == 0) {
        Files.createFile(taken);
      } else {
        Files.createDirectory(taken);
      }
    }

    try (TempDirectory tree = TempDirectory.create(oneCharacter)) {
      assertThat(tree.path().getFileName()).hasToString("a");
    }
  }

  @Test
  void aRelativeDirectoryGivesAnAbsolutePath() throws IOException {
    Path working = opened.directory().getFileSystem().getPath("");
    Path absolute = working.toAbsolutePath();
    Assumptions.assumeTrue(Files.isDirectory(absolute) && Files.isWritable(absolute));
    try (TempDirectory tree = TempDirectory.create(options.directory(working))) {
      assertThat(tree.path()).isAbsolute().isDirectory();
    }
  }
}
