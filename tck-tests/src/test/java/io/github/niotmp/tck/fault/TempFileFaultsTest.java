package io.github.niotmp.tck.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.PersistException;
import io.github.niotmp.PersistOptions;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Temporary files where something goes wrong below them. */
class TempFileFaultsTest {
  private static final String REASON = "Input/output error";
  private static final PersistOptions DURABLE =
      PersistOptions.defaults()
          .sync(true)
          .permissions(PosixFilePermissions.fromString("rw-r--r--"));

  private FaultyFileSystem faulty = unix();

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path directory;

  private static FaultyFileSystem unix(Feature... features) {
    Configuration.Builder unix =
        Configuration.unix().toBuilder().setAttributeViews("basic", "owner", "posix", "unix");
    if (features.length > 0) {
      unix.setSupportedFeatures(features);
    }
    return new FaultyFileSystem(Jimfs.newFileSystem(unix.build()));
  }

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createDirectory(faulty.getPath("/temp"));
  }

  @AfterEach
  void close() throws IOException {
    faulty.close();
  }

  @Test
  void aNameThatStaysWhileItsFileIsOpenGoesWithTheFile() throws IOException {
    faulty.set(Fault.refusedDeletes("Used by another process"));

    TempFile unnamed = TempFile.createUnnamed(TempOptions.defaults().directory(directory));
    assertThat(directory).isNotEmptyDirectory();
    unnamed.close();

    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachCallThatFailsLeavesWhatIsPersistedAsItWas(boolean replacing) throws IOException {
    for (Path from : List.of(directory, TmpFileSystems.getDefault().getPath("/"))) {
      boolean happened = true;
      for (int number = 1; happened; number++) {
        Fault.Nth fault = Fault.at(number, Fault.failing(REASON));
        persist(TempOptions.defaults().directory(from), replacing, fault);
        happened = fault.happened();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachCallThatFailsLeavesItAsItWasWhereThereAreNoHardLinksToo(boolean replacing)
      throws IOException {
    faulty.close();
    faulty = unix(Feature.SYMBOLIC_LINKS, Feature.FILE_CHANNEL, Feature.SECURE_DIRECTORY_STREAM);
    makeDirectory();

    eachCallThatFailsLeavesWhatIsPersistedAsItWas(replacing);
  }

  private void persist(TempOptions options, boolean replacing, Fault fault) throws IOException {
    Path target = directory.resolve("target");
    if (replacing) {
      Files.writeString(target, "old");
    }
    TempFile file = TempFile.create(options);
    file.channel().write(UTF_8.encode("text"));
    faulty.set(fault);
    try {
      file.persist(target, DURABLE.replaceExisting(replacing));
      faulty.set(Fault.none());
      assertThat(target).hasContent("text");
    } catch (PersistException e) {
      faulty.set(Fault.none());
      assertThat(e)
          .hasMessageContaining(target.toString())
          .rootCause()
          .hasMessageEndingWith(REASON);
      assertThat(e.tempFile().path()).hasContent("text");
      assertThat(Files.getPosixFilePermissions(file.path()))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      if (replacing) {
        assertThat(target).hasContent("old");
      } else {
        assertThat(target).doesNotExist();
      }
    } catch (FileSystemException e) {
      faulty.set(Fault.none());
      assertThat(e).as("what could not be removed").hasMessageEndingWith(REASON);
      assertThat(target).hasContent("text");
    }
    file.close();
    Files.deleteIfExists(target);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whatCannotBeUndoneIsToldBesideTheFailure() throws IOException {
    try (TempFile file = TempFile.create()) {
      AtomicInteger moves = new AtomicInteger();
      faulty.set(
          call -> {
            boolean moved = call.name().equals("move") && moves.incrementAndGet() > 1;
            if (moved || call.name().equals("deleteIfExists")) { // the first move is a question
              throw new FileSystemException(call.path(), null, REASON);
            }
          });

      PersistException refusal =
          catchThrowableOfType(
              PersistException.class,
              () ->
                  file.persist(
                      directory.resolve("target"),
                      PersistOptions.defaults().replaceExisting(true)));

      assertThat(refusal.getCause()).hasMessageEndingWith(REASON);
      assertThat(Objects.requireNonNull(refusal.getCause()).getSuppressed())
          .singleElement()
          .satisfies(left -> assertThat(left).hasMessageContaining(directory.toString()));
    }
  }

  @Test
  void aFileThatIsCutWhileItIsCopiedIsNotPersisted() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of());
        TempFile file = TempFile.create(TempOptions.defaults().directory(directory))) {
      file.channel().write(UTF_8.encode("text"));
      Path target = tmp.getPath("/cut");
      faulty.set(
          call -> {
            if (call.name().equals("transferTo")) {
              cut(Decoration.unwrap(file.path()));
            }
          });

      assertThatThrownBy(() -> file.persist(target))
          .isInstanceOf(PersistException.class)
          .rootCause()
          .hasMessage("/cut: The file was cut while it was copied");
      assertThat(tmp.getPath("/")).isEmptyDirectory();
    }
  }

  private static void cut(Path file) throws IOException {
    FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING).close();
  }
}
