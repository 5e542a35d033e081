package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempOptions;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees of which something stays as they are removed: it is told, and all else goes. */
@ParameterizedClass
@EnumSource
class RemovalFaultsTest {
  private static final String REASON = "Input/output error";
  private static final String DENIED = "Permission denied";

  /** How entries are removed. */
  enum Way {
    BY_HANDLES {
      @Override
      Configuration configuration() {
        return Configuration.unix().toBuilder()
            .setAttributeViews("basic", "owner", "posix")
            .build();
      }
    },
    BY_HANDLES_WITHOUT_PERMISSIONS {
      @Override
      Configuration configuration() {
        return Configuration.unix();
      }
    },
    BY_PATHS {
      @Override
      Configuration configuration() {
        return Configuration.windows();
      }
    };

    abstract Configuration configuration();
  }

  private final Way way;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private FaultyFileSystem faulty;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private TempDirectory tree;

  RemovalFaultsTest(Way way) {
    this.way = way;
  }

  @BeforeEach
  void open() throws IOException {
    faulty = new FaultyFileSystem(Jimfs.newFileSystem(way.configuration()));
    tree = create(TempOptions.defaults());
  }

  private TempDirectory create(TempOptions options) throws IOException {
    Path host = faulty.getRootDirectories().iterator().next();
    TempDirectory created = TempDirectory.create(options.directory(host));
    Files.createDirectory(created.resolve("empty"));
    Files.createFile(Files.createDirectory(created.resolve("directory")).resolve("file"));
    return created;
  }

  private static Path fileIn(TempDirectory directory) {
    return directory.path().resolve("directory").resolve("file");
  }

  @AfterEach
  void close() throws IOException {
    faulty.set(Fault.none());
    tree.close();
    assertThat(tree.path()).doesNotExist();
    assertThat(faulty.open().all()).isEmpty();
    faulty.close();
  }

  @Test
  void aFileThatStaysIsToldAndAllElseGoes() {
    faulty.set(noFileGoes(REASON));

    assertThatThrownBy(tree::close)
        .isInstanceOf(FileSystemException.class)
        .hasMessageStartingWith(tree.path() + ": ")
        .hasMessageContaining("cannot be removed")
        .hasMessageContaining(REASON);
    assertThat(fileIn(tree)).exists();
    assertThat(tree.path().resolve("empty")).doesNotExist();
  }

  @Test
  void aFileThatMayNotGoIsToldWhereverItsDirectoryIsMadeWritable() {
    faulty.set(noFileGoes(DENIED));

    assertThatThrownBy(tree::close)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(DENIED);
    assertThat(fileIn(tree)).exists();
  }

  @Test
  void aFailureNamesThePathThatTheTreeHad() throws IOException {
    Path file =
        Files.createFile(Files.createDirectories(tree.resolve("directory/a/b")).resolve("file"));
    Files.delete(fileIn(tree));
    faulty.set(noFileGoes(REASON));

    Throwable failure = catchThrowable(tree::close);

    assertThat(failure)
        .hasMessageContaining(file + ": " + REASON)
        .hasCauseInstanceOf(FileSystemException.class);
    assertThat(failure.getCause()).hasMessage(file + ": " + REASON);
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class})
  void whatIsNoIoExceptionIsToldAsOneAndAllElseGoes(Class<? extends Throwable> type)
      throws IOException {
    faulty.set(
        call -> {
          boolean byPath = call.name().startsWith("delete") && call.path().endsWith("file");
          if (byPath || call.name().equals("deleteFile")) {
            if (type == IllegalStateException.class) {
              throw new IllegalStateException(REASON);
            }
            throw new StackOverflowError(REASON);
          }
        });

    assertThatThrownBy(tree::close)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(fileIn(tree).toString())
        .hasMessageContaining(REASON)
        .hasRootCauseInstanceOf(type);
    assertThat(fileIn(tree)).exists();
    assertThat(tree.path().resolve("empty")).doesNotExist();
  }

  @Test
  void eachFailureIsTold() throws IOException {
    Files.createFile(tree.resolve("another file"));
    faulty.set(noFileGoes(REASON));

    Throwable failure = catchThrowable(tree::close);

    List<String> told = new ArrayList<>();
    told.add(String.valueOf(failure.getCause()));
    for (Throwable each : failure.getSuppressed()) {
      told.add(each.toString());
    }
    assertThat(String.join(" ", told))
        .contains(fileIn(tree) + ": " + REASON)
        .contains(tree.path().resolve("another file") + ": " + REASON);
  }

  @Test
  void itEndsThoughAnotherFileComesForEachThatGoes() throws IOException {
    AtomicInteger come = new AtomicInteger();
    Path path = tree.path();
    faulty.set(
        call -> {
          boolean byPath = call.name().startsWith("delete") && call.path().contains("file");
          if (byPath || call.name().equals("deleteFile")) {
            Files.createFile(path.resolve("file" + come.incrementAndGet()));
          }
        });

    assertThatThrownBy(tree::close)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(path.toString());
    assertThat(come).hasValueLessThan(100);
  }

  @Test
  void whoIgnoresErrorsIsNotTold() throws IOException {
    TempDirectory ignored = create(TempOptions.defaults().ignoreCleanupErrors(true));
    faulty.set(noFileGoes(REASON));

    ignored.close();

    faulty.set(Fault.none());
    assertThat(fileIn(ignored)).exists();
    ignored.close(); // it is left for good
    assertThat(ignored.path()).exists();
  }

  @Test
  void aDirectoryThatCannotBeListedIsTold() {
    Path directory = tree.resolve("directory");
    faulty.set(
        call -> {
          boolean below = call.path().equals(directory.toString());
          if (call.name().equals("newDirectoryStream") || (call.name().equals("list") && below)) {
            Fault.failing(REASON).before(call);
          }
        });

    assertThatThrownBy(tree::close)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(REASON);
    assertThat(directory).exists();
  }

  @Test
  void aTreeThatSomebodyElseRemovesMeanwhileIsNoFailure() throws IOException {
    Path path = tree.path();
    Files.delete(tree.resolve("directory").resolve("file"));
    Files.delete(tree.resolve("directory"));
    Files.delete(tree.resolve("empty"));
    faulty.set(
        call -> {
          if (call.name().equals("delete") && Files.exists(path)) {
            faulty.set(Fault.none());
            Files.delete(path);
            Fault.failing(REASON).before(call);
          }
        });

    tree.close();

    assertThat(path).doesNotExist();
  }

  @Test
  void aFileInThePlaceOfTheTreeGoesAtTheSecondTry() throws IOException {
    Path path = tree.path();
    Files.move(path, path.resolveSibling("moved"));
    Files.createFile(path);
    faulty.set(Fault.at(1, Fault.failing(REASON)));

    tree.close();

    assertThat(path).doesNotExist();
  }

  private static Fault noFileGoes(String reason) {
    return call -> {
      boolean byHandle = call.name().equals("deleteFile") || call.name().equals("setPermissions");
      if (byHandle || (call.name().startsWith("delete") && call.path().endsWith("file"))) {
        Fault.failing(reason).before(call);
      }
    };
  }
}
