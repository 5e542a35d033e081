package io.github.niotmp.tck.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempOptions;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Trees that a directory is closed with. */
@ParameterizedClass
@EnumSource
class TreeRemovalTest {
  private static final int DEPTH = Integer.getInteger("niotmp.tck.depth", 1000);
  private static final int WIDTH = 300;
  private static final int SWAPS = Integer.getInteger("niotmp.tck.swaps", 300);

  private final Place place;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Place.Opened opened;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private TempDirectory tree;

  @SuppressWarnings("NullAway.Init") // set before it is attacked
  private volatile Path attacked;

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
  void aDeepTreeGoesWithoutAStackThatIsAsDeep() throws Exception {
    for (int i = 0; i < DEPTH; i++) {
      Path outer = Files.createDirectory(tree.resolve("outer"));
      if (i > 0) {
        Files.move(tree.resolve("tree"), outer.resolve("tree"));
      }
      Files.createFile(outer.resolve("file"));
      Files.move(outer, tree.resolve("tree"));
    }

    onASmallStack(tree);

    assertThat(opened.directory()).isEmptyDirectory();
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
    Files.createLink(inner.resolve("another name"), file);

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

  @Test
  void nothingElseGoesWhoeverSwapsDirectoriesForLinks() throws Exception {
    Path outside = Files.createDirectory(opened.directory().resolve("outside"));
    Path canary = Files.createFile(Files.createDirectory(outside.resolve("inner")).resolve("file"));
    attacked = tree.path();
    AtomicBoolean over = new AtomicBoolean();
    Thread attacker =
        new Thread(
            () -> {
              while (!over.get()) {
                swap(attacked, outside);
              }
            });
    attacker.start();
    try {
      for (int i = 0; i < SWAPS; i++) {
        tree.close();
        tree = TempDirectory.create(TempOptions.defaults().directory(opened.directory()));
        Path inner = Files.createDirectories(tree.resolve("directory/inner"));
        Files.createFile(inner.resolve("file"));
        attacked = tree.path();
        closeInSpiteOfIt();
        assertThat(canary).exists();
      }
    } finally {
      over.set(true);
      attacker.join();
    }
  }

  /** A tree that gets new entries may not be empty in the end. */
  private void closeInSpiteOfIt() throws IOException {
    while (Files.exists(tree.path())) {
      try {
        tree.close();
      } catch (FileSystemException e) {
        assertThat(e.getFile()).startsWith(opened.directory().toString());
      }
    }
  }

  private static void swap(Path tree, Path outside) {
    Path directory = tree.resolve("directory");
    Path aside = tree.resolve("aside");
    try {
      Files.move(directory, aside);
      Files.createSymbolicLink(directory, outside);
      Files.delete(directory);
      Files.move(aside, directory);
    } catch (IOException e) {
      // the removal was faster
    }
  }

  private static void onASmallStack(Closeable task) throws Exception {
    FutureTask<Void> result =
        new FutureTask<>(
            () -> {
              task.close();
              return null;
            });
    Thread thread = new Thread(null, result, "small stack", 256 * 1024);
    thread.start();
    result.get();
  }

  private void assertRemoved() throws IOException {
    tree.close();
    assertThat(opened.directory()).isEmptyDirectory();
  }
}
