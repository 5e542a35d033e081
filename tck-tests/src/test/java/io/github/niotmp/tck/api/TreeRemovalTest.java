package io.github.niotmp.tck.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Trees that a directory is closed with. */
@ParameterizedClass
@EnumSource
class TreeRemovalTest {
  private static final int WIDTH = 300;

  private final Place place;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Place.Opened opened;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private TempDirectory tree;

  TreeRemovalTest(Place place) {
    this.place = place;
  }

  @BeforeEach
  void open() throws IOException {
    opened = place.open();
    tree = TempDirectory.create(TempOptions.defaults().directory(opened.directory()));
  }

  @AfterEach
  void close() throws IOException {
    tree.close();
    opened.close();
  }

  @Test
  void aWideTreeGoes() throws IOException {
    for (int i = 0; i < WIDTH; i++) {
      Files.createFile(tree.resolve("file" + i));
      Files.createFile(Files.createDirectory(tree.resolve("directory" + i)).resolve("file"));
      Files.createDirectories(tree.resolve("parent/" + i + "/" + i));
    }

    assertRemoved();
  }

  @Test
  void linksGoAndWhatTheyPointAtStays() throws IOException {
    Path outside = Files.createDirectory(opened.directory().resolve("outside"));
    Path file = Files.createFile(outside.resolve("file"));
    Path inner = Files.createDirectory(tree.resolve("inner"));
    Files.createSymbolicLink(tree.resolve("to directory"), outside);
    Files.createSymbolicLink(inner.resolve("to directory"), outside);
    Files.createSymbolicLink(inner.resolve("to file"), file);
    Files.createSymbolicLink(inner.resolve("to nothing"), inner.resolve("missing"));
    if (place != Place.WITHOUT_LINKS) {
      Files.createLink(inner.resolve("another name"), file);
    }

    tree.close();

    assertThat(opened.directory()).isDirectoryNotContaining(path -> !path.equals(outside));
    assertThat(file).exists();
  }

  @Test
  void aTreeThatIsGoneIsNoFailure() throws IOException {
    Files.delete(tree.path());

    assertRemoved();
  }

  @Test
  void aLinkInThePlaceOfTheTreeGoesItself() throws IOException {
    Path outside = Files.createDirectory(opened.directory().resolve("outside"));
    Files.createFile(outside.resolve("file"));
    Files.delete(tree.path());
    Files.createSymbolicLink(tree.path(), outside);

    tree.close();

    assertThat(opened.directory()).isDirectoryNotContaining(path -> !path.equals(outside));
    assertThat(outside).isNotEmptyDirectory();
  }

  @Test
  void namesThatAreNoTextGo() throws Exception {
    assumeTrue(place == Place.DISK, "only the disk has names of any bytes");
    new ProcessBuilder(
            "sh", "-c", "mkdir \"$(printf 'd\\377')\"; touch \"$(printf 'd\\377/\\376')\"")
        .directory(tree.path().toFile())
        .start()
        .waitFor();
    assertThat(tree.path()).isNotEmptyDirectory();

    assertRemoved();
  }

  private void assertRemoved() throws IOException {
    tree.close();
    assertThat(opened.directory()).isEmptyDirectory();
  }
}
