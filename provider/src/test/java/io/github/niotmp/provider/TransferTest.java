package io.github.niotmp.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.DirectoryHandle;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Copies and moves between two file systems that are refused. */
class TransferTest {
  private final TmpFileSystemProvider provider = new TmpFileSystemProvider();

  @SuppressWarnings("NullAway.Init") // opened before each test
  private TmpFileSystem from;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private TmpFileSystem to;

  @SuppressWarnings("NullAway.Init") // written before each test
  private Path source;

  @SuppressWarnings("NullAway.Init") // found before each test
  private Path target;

  @BeforeEach
  void open() throws IOException {
    from = open("transfer-from");
    to = open("transfer-to");
    source = Files.writeString(from.getPath("/source"), "new");
    target = to.getPath("/target");
  }

  private TmpFileSystem open(String name) throws IOException {
    return (TmpFileSystem) provider.newFileSystem(URI.create("tmp://" + name), Map.of());
  }

  @AfterEach
  void close() throws IOException {
    from.close();
    to.close();
  }

  @Test
  void aCopyEndsOnceTheFileSystemOfTheSourceIsClosed() throws IOException {
    FileSystem view = from.readOnlyView("transfer-from-view");
    FileCopy copy = FileCopy.of(Located.of(view.getPath("/source")), Located.of(target));
    view.close();

    assertThatExceptionOfType(ClosedFileSystemException.class).isThrownBy(copy::copy);
    assertThat(target).doesNotExist();
  }

  @Test
  void aCopyEndsOnceTheFileSystemOfTheTargetIsClosed() throws IOException {
    FileSystem view = to.readOnlyView("transfer-to-view");
    FileCopy copy = FileCopy.of(Located.of(source), Located.of(view.getPath("/target")));
    view.close();

    assertThatExceptionOfType(ClosedFileSystemException.class).isThrownBy(copy::copy);
    assertThat(target).doesNotExist();
  }

  @Test
  void aSourceThatCannotBeReadDoesNotCostTheTarget() throws IOException {
    Files.writeString(target, "old");
    FileCopy copy =
        new FileCopy(
            unreadable(from.root()),
            TmpPath.cast(source),
            from.views(),
            to.root(),
            TmpPath.cast(target),
            to.views(),
            () -> {});

    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> copy.copy(StandardCopyOption.REPLACE_EXISTING));
    assertThat(target).hasContent("old");
  }

  /** Returns a directory whose files deny access. */
  private static DirectoryHandle unreadable(DirectoryHandle directory) {
    return (DirectoryHandle)
        Proxy.newProxyInstance(
            DirectoryHandle.class.getClassLoader(),
            new Class<?>[] {DirectoryHandle.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("checkAccess") || method.getName().equals("open")) {
                throw new AccessDeniedException("/source");
              }
              try {
                return method.invoke(directory, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void aMoveReplacesNothingUnasked() throws IOException {
    Files.writeString(target, "old");

    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> Files.move(source, target));
    assertThat(target).hasContent("old");
    assertThat(source).hasContent("new");
  }

  @Test
  void ofTwoDirectoriesWithEntriesTheTargetIsRefusedFirst() throws IOException {
    Files.createDirectories(from.getPath("/directory/entry"));
    Files.createDirectories(to.getPath("/target/entry"));

    assertThatExceptionOfType(DirectoryNotEmptyException.class)
        .isThrownBy(() -> replace(from.getPath("/directory")))
        .withMessage("/target");
  }

  @Test
  void aDirectoryWithEntriesDoesNotCostTheTarget() throws IOException {
    Files.createDirectories(from.getPath("/directory/entry"));
    Files.writeString(target, "old");

    assertThatExceptionOfType(DirectoryNotEmptyException.class)
        .isThrownBy(() -> replace(from.getPath("/directory")))
        .withMessage("/directory");
    assertThat(target).hasContent("old");
  }

  private void replace(Path directory) throws IOException {
    Files.move(directory, target, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void aMissingDirectoryIsToldWithBothPaths() {
    for (StandardCopyOption option :
        new StandardCopyOption[] {
          StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE
        }) {
      assertThatThrownBy(() -> Files.move(source, to.getPath("/none/target"), option))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessage("/source -> /none/target");
    }
    assertThatThrownBy(
            () -> Files.move(from.getPath("/none/source"), target, StandardCopyOption.ATOMIC_MOVE))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("/none/source -> /target");
  }

  @Test
  void aViewDoesNotTakeTheNameOfAnOpenFileSystem() {
    assertThatExceptionOfType(FileSystemAlreadyExistsException.class)
        .isThrownBy(() -> from.readOnlyView("transfer-to"));
    assertThat(provider.getFileSystem(URI.create("tmp://transfer-to"))).isSameAs(to);
  }
}
