package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.PersistException;
import io.github.niotmp.PersistOptions;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and trees that get their final name from a provider that lacks calls or refuses them. */
class PersistFaultsTest {
  private static final String PREFIX = "niotmp-part";
  private static final PersistOptions REPLACING = PersistOptions.defaults().replaceExisting(true);

  private final FaultyFileSystem store =
      new FaultyFileSystem(
          Jimfs.newFileSystem(Configuration.unix().toBuilder().setAttributeViews("basic").build()));

  @TempDir Path disk;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path directory;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path target;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createDirectory(store.getPath("/directory"));
    target = directory.resolve("target");
  }

  @AfterEach
  void close() throws IOException {
    Thread.interrupted();
    store.close();
  }

  private static TempFile fileIn(Path place) throws IOException {
    TempFile file = TempFile.create(TempOptions.defaults().directory(place).prefix(PREFIX));
    Files.writeString(file.path(), "text");
    return file;
  }

  private static TempDirectory treeIn(Path place) throws IOException {
    TempDirectory tree = TempDirectory.create(TempOptions.defaults().directory(place));
    Files.writeString(Files.createDirectory(tree.resolve("a")).resolve("file"), "text");
    return tree;
  }

  private void assertOnlyTheTargetIsLeft() {
    store.set(Fault.none());
    assertThat(directory).isDirectoryNotContaining(path -> !path.equals(target));
  }

  /** Refuses links, and the renames of paths that contain {@code renamed}. */
  private static void refuse(Fault.Call call, String renamed) throws IOException {
    if (call.name().equals("createLink")) {
      throw new FileSystemException(call.path(), null, "Operation not supported");
    }
    if (call.name().equals("move") && call.path().contains(renamed)) {
      throw new AtomicMoveNotSupportedException(call.path(), null, "Invalid cross-device link");
    }
  }

  @Test
  void aFileOfAnotherMountOfTheSameDeviceIsCopied() throws IOException {
    TempFile file = fileIn(directory);
    store.set(call -> refuse(call, PREFIX));

    file.persist(target);

    assertOnlyTheTargetIsLeft();
    assertThat(target).hasContent("text");
  }

  @Test
  void aProviderThatRenamesNoFileThatExistsLeavesTheFileAndNoTarget() throws IOException {
    TempFile file = fileIn(directory);
    store.set(
        call -> {
          boolean exists = call.name().equals("move") && Files.exists(store.getPath(call.path()));
          refuse(call, exists ? "" : PREFIX);
        });

    assertThatThrownBy(() -> file.persist(target))
        .isInstanceOf(PersistException.class)
        .hasCauseInstanceOf(AtomicMoveNotSupportedException.class);

    store.set(Fault.none());
    assertThat(file.path()).hasContent("text");
    file.close();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aProviderWithoutStoresGetsACopy() throws IOException {
    TempFile file = fileIn(directory);
    store.set(
        call -> {
          refuse(call, PREFIX);
          if (call.name().equals("getFileStore")) {
            throw new UnsupportedOperationException("no stores");
          }
        });

    file.persist(target);

    assertOnlyTheTargetIsLeft();
    assertThat(target).hasContent("text");
  }

  @Test
  void aTargetThatCannotBeOpenedStaysAsItWas() throws IOException {
    Files.writeString(target, "old");
    TempFile file = fileIn(directory);
    store.set(
        call -> {
          refuse(call, "");
          if (call.name().equals("open") && call.path().equals(target.toString())) {
            throw new FileSystemException(call.path(), null, "Text file busy");
          }
        });

    assertThatThrownBy(() -> file.persist(target, StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(PersistException.class)
        .hasMessageContaining("Text file busy");

    store.set(Fault.none());
    assertThat(target).hasContent("old");
    file.close();
    assertOnlyTheTargetIsLeft();
  }

  @Test
  void aTargetThatIsTheSameFileLosesOnlyTheOldName() throws IOException {
    TempFile file = fileIn(disk);
    Path link = Files.createLink(disk.resolve("link"), file.path());

    file.persist(link, StandardCopyOption.REPLACE_EXISTING);

    assertThat(link).hasContent("text");
    assertThat(disk).isDirectoryNotContaining(path -> !path.equals(link));
  }

  @Test
  void aFileKeepsItsNameIfThatIsTheTarget() throws IOException {
    TempFile file = fileIn(disk);
    Path path = file.path();

    file.persist(path, StandardCopyOption.REPLACE_EXISTING);

    assertThat(path).hasContent("text");
  }

  @Test
  void aFileThatAnotherProgramRemovedReplacesNoTarget() throws IOException {
    Files.writeString(target, "old");
    TempFile file = fileIn(directory);
    Files.delete(file.path());

    assertThatThrownBy(() -> file.persist(target, StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(PersistException.class)
        .hasCauseInstanceOf(NoSuchFileException.class);

    file.close();
    assertThat(target).hasContent("old");
    assertOnlyTheTargetIsLeft();
  }

  @Test
  void channelsThatAreNoFileChannelsTakeAFileAndATree() throws IOException {
    Configuration plain =
        Configuration.unix().toBuilder()
            .setSupportedFeatures(Feature.LINKS, Feature.SYMBOLIC_LINKS)
            .build();
    PersistOptions synced = PersistOptions.defaults().sync(true);
    try (FileSystem jimfs = Jimfs.newFileSystem(plain)) {
      Path host = Files.createDirectory(jimfs.getPath("/host"));
      fileIn(disk).persist(host.resolve("file"), synced);
      treeIn(disk).persist(host.resolve("copied"), synced);
      treeIn(host).persist(host.resolve("renamed"), synced);

      assertThat(host.resolve("file")).hasContent("text");
      assertThat(host.resolve("copied/a/file")).hasContent("text");
      assertThat(host.resolve("renamed/a/file")).hasContent("text");
      try (Stream<Path> entries = Files.list(host)) {
        assertThat(entries).hasSize(3);
      }
    }
    assertThat(disk).isEmptyDirectory();
  }

  @Test
  void aTreeDoesNotReplaceTheRootOfAFileSystem() throws IOException {
    try (TempDirectory tree = treeIn(disk)) {
      assertThatThrownBy(() -> tree.persist(store.getPath("/"), REPLACING))
          .isInstanceOf(PersistException.class)
          .hasCauseInstanceOf(FileAlreadyExistsException.class);
      assertThat(tree.resolve("a/file")).hasContent("text");
    }
  }

  @Test
  void aTreeWithinAZipFileIsCopied() throws IOException {
    Path archive = disk.resolve("archive.zip");
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      treeIn(zip.getPath("/")).persist(zip.getPath("/target"));

      assertThat(zip.getPath("/target/a/file")).hasContent("text");
      try (Stream<Path> entries = Files.list(zip.getPath("/"))) {
        assertThat(entries).hasSize(1);
      }
    }
  }

  @Test
  void aStoreThatRenamesNoEntryGetsTheDirectoriesOfATreeOnly() throws IOException {
    TempDirectory tree = treeIn(disk);
    List<String> created = new ArrayList<>();
    store.set(
        call -> {
          refuse(call, "");
          if (call.name().equals("createDirectory")) {
            created.add(call.path());
          }
        });

    tree.persist(target);

    assertThat(created).containsExactly(target.toString(), target.resolve("a").toString());
    assertOnlyTheTargetIsLeft();
    assertThat(target.resolve("a/file")).hasContent("text");
    assertThat(disk).isEmptyDirectory();
  }

  @Test
  void anInterruptEndsTheCopyOfATreeAndLeavesTheTree() throws IOException {
    PersistOptions interrupting =
        PersistOptions.defaults().progress((copied, total) -> Thread.currentThread().interrupt());
    try (TempDirectory tree = treeIn(disk)) {
      Files.writeString(tree.resolve("another"), "text");

      assertThatThrownBy(() -> tree.persist(target, interrupting))
          .isInstanceOf(PersistException.class)
          .hasCauseInstanceOf(ClosedByInterruptException.class);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(tree.resolve("a/file")).hasContent("text");
      assertThat(directory).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInterruptedThreadPublishesNoTree(boolean empty) throws IOException {
    try (TempDirectory tree = TempDirectory.create(TempOptions.defaults().directory(disk))) {
      if (!empty) {
        Files.createDirectory(tree.resolve("a"));
      }
      List<String> created = new ArrayList<>();
      store.set(
          call -> {
            if (call.path().endsWith("/a")) {
              created.add(call.path());
            }
          });
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> tree.persist(target))
          .isInstanceOf(PersistException.class)
          .hasCauseInstanceOf(ClosedByInterruptException.class);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(created).isEmpty();
      assertThat(tree.path()).isDirectory();
      store.set(Fault.none());
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void aDirectoryThatTakesTheNameDuringTheCopyStays() throws IOException {
    PersistOptions taking =
        PersistOptions.defaults().progress((copied, total) -> createDirectory(target));
    try (TempDirectory tree = treeIn(disk)) {
      assertThatThrownBy(() -> tree.persist(target, taking))
          .isInstanceOf(PersistException.class)
          .hasCauseInstanceOf(FileAlreadyExistsException.class);

      assertThat(tree.resolve("a/file")).hasContent("text");
      assertThat(target).isEmptyDirectory();
      assertOnlyTheTargetIsLeft();
    }
  }

  private static void createDirectory(Path path) {
    try {
      Files.createDirectory(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aNameThatEndsWithTheSeparatorOfTheTargetIsRefused() throws IOException {
    try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
        TempDirectory tree = treeIn(disk)) {
      Path targets = Files.createDirectory(windows.getPath("C:\\targets"));
      Files.createFile(tree.resolve("name\\"));

      assertThatThrownBy(() -> tree.persist(targets.resolve("target")))
          .isInstanceOf(PersistException.class)
          .hasMessageContaining("name\\");

      assertThat(targets).isEmptyDirectory();
    }
  }

  @Test
  void aTreeWithoutPermissionsIsForItsOwnerAlone() throws IOException {
    try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
      Path published = disk.resolve("target");
      treeIn(windows.getPath("C:\\")).persist(published);

      assertThat(published.resolve("a/file")).hasContent("text");
      for (Path each : List.of(published, published.resolve("a"))) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
            .isEqualTo("rwx------");
      }
    }
  }
}
