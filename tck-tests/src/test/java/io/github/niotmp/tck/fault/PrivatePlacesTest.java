package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.session.FreshDirectory;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Directories that are made on the host, or that the host refuses. */
class PrivatePlacesTest {
  private static final String REASON = "Input/output error";

  private final FaultyFileSystem faulty =
      new FaultyFileSystem(Jimfs.newFileSystem(Configuration.unix()));
  private final Path host = faulty.getPath("/host");
  private final Map<String, ?> tree = Map.of("storage", "host", "directory", host);

  @BeforeEach
  void create() throws IOException {
    Files.createDirectory(host);
  }

  @AfterEach
  void close() throws IOException {
    assertThat(faulty.open().all()).isEmpty();
    faulty.close();
  }

  @Test
  void aNameThatSomebodyHasTakenIsNotAdopted() throws IOException {
    FreshDirectory place = new FreshDirectory(host);
    faulty.set(
        call -> {
          if (call.name().equals("createDirectory")) {
            faulty.set(Fault.none());
            Files.createDirectory(faulty.getPath(call.path()));
            throw new FileAlreadyExistsException(call.path());
          }
        });

    Path ours = place.enter();
    assertThat(host).isDirectoryContaining(ours::equals);
    place.leave();

    assertThat(ours).doesNotExist();
    assertThat(host).isNotEmptyDirectory();
  }

  @Test
  void eachDirectoryThatStaysIsTold() throws IOException {
    FreshDirectory place = new FreshDirectory(host);
    Path taken = place.enter();
    Files.delete(taken);
    Path second = place.enter();
    Files.createDirectory(taken);
    place.leave();
    faulty.set(
        call -> {
          if (call.name().startsWith("delete")) {
            Fault.failing(REASON).before(call);
          }
        });

    assertThatThrownBy(place::leave)
        .isInstanceOf(FileSystemException.class)
        .hasMessage(taken + ": " + REASON)
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .singleElement()
                    .asString()
                    .contains(second + ": " + REASON));
  }

  @Test
  void aDirectoryThatStaysIsToldThoughTheNextGoes() throws IOException {
    FreshDirectory place = new FreshDirectory(host);
    Path taken = place.enter();
    Files.delete(taken);
    Path second = place.enter();
    Files.createDirectory(taken);
    place.leave();
    faulty.set(
        call -> {
          if (call.name().startsWith("delete") && call.path().equals(taken.toString())) {
            Fault.failing(REASON).before(call);
          }
        });

    assertThatThrownBy(place::leave)
        .isInstanceOf(FileSystemException.class)
        .hasMessage(taken + ": " + REASON);
    assertThat(taken).exists();
    assertThat(second).doesNotExist();
  }

  @Test
  void aDirectoryThatSomebodyRemovesBeforeEachFileIsGivenUp() throws IOException {
    faulty.set(
        call -> {
          if (call.name().equals("open")) {
            Files.delete(faulty.getPath(call.path()).getParent());
          }
        });

    try (FileSystem tmp = TmpFileSystems.open(Map.of("spoolThreshold", 0, "directory", host))) {
      assertThatThrownBy(() -> Files.write(tmp.getPath("/file"), new byte[1]))
          .hasMessageContaining("Cannot spill to " + host + ": No such file or directory");
    }
  }

  @Test
  void aTreeThatCannotBeMadeTellsWhatStaysOfIt() {
    faulty.set(
        call -> {
          boolean ofTree = call.name().equals("createDirectory") && call.path().contains("/tree-");
          if (ofTree || call.name().startsWith("delete")) {
            Fault.failing(REASON).before(call);
          }
        });

    assertThatThrownBy(() -> TmpFileSystems.open(tree))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(
            host + ": " + REASON + "; the setting 'directory', or else TMPDIR, names another")
        .cause()
        .satisfies(refusal -> assertThat(refusal.getSuppressed()).hasSize(2)); // with its place
  }

  @Test
  void whatIsSaidByAClassAloneIsSaidInWords() throws IOException {
    faulty.set(
        call -> {
          throw new AccessDeniedException(call.path());
        });
    assertThatThrownBy(() -> TmpFileSystems.open(tree))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageStartingWith(host + ": Permission denied; the setting 'directory'");
    faulty.set(Fault.none());

    Files.delete(host);
    assertThatThrownBy(() -> TmpFileSystems.open(tree))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageStartingWith(host + ": No such file or directory; the setting 'directory'");
  }

  @Test
  void aFileThatCannotBeLookedAtOnceItIsOpenIsClosedAgain() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(tree)) {
      Path file = Files.createFile(tmp.getPath("/file"));
      faulty.set(PrivatePlacesTest::failToLookAtOpenFiles);

      assertThatThrownBy(() -> Files.newByteChannel(file))
          .isInstanceOf(FileSystemException.class)
          .hasMessage(file + ": " + REASON);
      faulty.set(Fault.none());
      assertThat(TmpFileSystems.usage(tmp).openHandles()).isZero();
      assertThat(file).exists();
    }
  }

  @Test
  void aFileThatCannotBeLookedAtOnceItIsCreatedIsRemovedAgain() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(tree)) {
      Path file = tmp.getPath("/file");
      faulty.set(PrivatePlacesTest::failToLookAtOpenFiles);

      assertThatThrownBy(() -> create(file)).hasMessage(file + ": " + REASON);
      faulty.set(Fault.none());
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void aFileThatCannotBeLookedAtNorRemovedIsTold() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(tree)) {
      Path file = tmp.getPath("/file");
      faulty.set(
          call -> {
            failToLookAtOpenFiles(call);
            if (call.name().startsWith("delete")) {
              Fault.failing(REASON).before(call);
            }
          });

      assertThatThrownBy(() -> create(file))
          .hasMessage(file + ": " + REASON)
          .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
      faulty.set(Fault.none());
    }
  }

  private static void failToLookAtOpenFiles(Fault.Call call) throws IOException {
    if (call.name().equals("readAttributes") && call.whileOpen()) {
      Fault.failing(REASON).before(call);
    }
  }

  private static void create(Path file) throws IOException {
    Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).close();
  }
}
