package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempOptions;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Trees that another program exchanges as they are removed, and entries without permissions. */
class ExchangedTreeTest {
  private static final Configuration UNIX = Configuration.unix();
  private static final Configuration DOS =
      Configuration.windows().toBuilder().setAttributeViews("basic", "dos").build();

  private static FaultyFileSystem faulty(Configuration configuration) {
    return new FaultyFileSystem(Jimfs.newFileSystem(configuration));
  }

  private static TempDirectory treeIn(FaultyFileSystem faulty) throws IOException {
    Path host = faulty.getRootDirectories().iterator().next();
    TempDirectory tree = TempDirectory.create(TempOptions.defaults().directory(host));
    Files.createFile(tree.resolve("file"));
    return tree;
  }

  private static boolean deletes(Fault.Call call, Path path) {
    return call.name().startsWith("delete") && call.path().equals(path.toString());
  }

  @Test
  void aDirectoryThatComesInThePlaceOfTheTreeKeepsItsEntries() throws IOException {
    try (FaultyFileSystem faulty = faulty(UNIX)) {
      TempDirectory tree = treeIn(faulty);
      Path path = tree.path();
      Path moved = path.resolveSibling("moved");
      faulty.set(
          call -> {
            if (call.name().equals("list")) {
              faulty.set(Fault.none());
              Files.move(path, moved);
              Files.createFile(Files.createDirectory(path).resolve("other"));
            }
          });

      assertThatThrownBy(tree::close)
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("Replaced while it was removed");

      assertThat(path.resolve("other")).exists();
      assertThat(moved.resolve("file")).exists();
    }
  }

  @Test
  void aDirectoryThatMayNotBeOpenedAndHasNoPermissionsIsReported() throws IOException {
    try (FaultyFileSystem faulty = faulty(UNIX)) {
      TempDirectory tree = treeIn(faulty);
      Path file = Files.createFile(Files.createDirectory(tree.resolve("directory")).resolve("in"));
      AtomicInteger opened = new AtomicInteger();
      faulty.set(
          call -> {
            // each pass opens the root again, and then tries the directory twice
            if (call.name().equals("newDirectoryStream") && opened.getAndIncrement() % 3 > 0) {
              throw new AccessDeniedException(call.path());
            }
          });

      assertThatThrownBy(tree::close)
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(AccessDeniedException.class.getName());

      assertThat(file).exists();
      faulty.set(Fault.none());
      tree.close();
    }
  }

  @Test
  void aReadOnlyFileOfDosIsMadeWritableAndGoes() throws IOException {
    try (FaultyFileSystem faulty = faulty(DOS)) {
      TempDirectory tree = treeIn(faulty);
      Path file = tree.resolve("file");
      Files.setAttribute(file, "dos:readonly", true);
      faulty.set(
          call -> {
            if (deletes(call, file) && (boolean) Files.getAttribute(file, "dos:readonly")) {
              throw new AccessDeniedException(call.path());
            }
          });

      tree.close();

      assertThat(tree.path()).doesNotExist();
    }
  }

  @Test
  void aFileOfDosThatIsNotReadOnlyAndStaysIsReported() throws IOException {
    try (FaultyFileSystem faulty = faulty(DOS)) {
      TempDirectory tree = treeIn(faulty);
      Path file = tree.resolve("file");
      faulty.set(
          call -> {
            if (deletes(call, file)) {
              throw new AccessDeniedException(call.path());
            }
          });

      assertThatThrownBy(tree::close)
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(file.toString());

      faulty.set(Fault.none());
      tree.close();
      assertThat(tree.path()).doesNotExist();
    }
  }
}
