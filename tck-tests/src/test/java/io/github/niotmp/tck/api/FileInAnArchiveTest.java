package io.github.niotmp.tck.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.niotmp.PersistException;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Temporary files in an archive that zipfs has open: it shows a new entry only once its channel is
 * closed, and its channels work on copies of the entries.
 */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class FileInAnArchiveTest {
  private final boolean posix;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path disk;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private FileSystem archive;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path directory;

  FileInAnArchiveTest(boolean posix) {
    this.posix = posix;
  }

  @BeforeEach
  void open() throws IOException {
    archive =
        FileSystems.newFileSystem(
            disk.resolve("archive.zip"),
            Map.of("create", "true", "enablePosixFileAttributes", posix));
    directory = Files.createDirectory(archive.getPath("/place"));
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  private TempFile create() throws IOException {
    return TempFile.create(TempOptions.defaults().directory(directory));
  }

  private static String text(TempFile file) throws IOException {
    try (InputStream in = file.newInputStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void aNewFileIsReadAndWrittenBeforeItsNameShows() throws IOException {
    try (TempFile file = create();
        OutputStream out = file.newOutputStream();
        OutputStream end = file.newOutputStream(StandardOpenOption.APPEND)) {
      assertThat(file.path()).doesNotExist();

      out.write("abc".getBytes(UTF_8));
      file.channel().position(1);
      end.write("def".getBytes(UTF_8));

      assertThat(text(file)).isEqualTo("abcdef");
      assertThat(file.channel().position()).isEqualTo(6);
      file.setSize(4);
      assertThat(file.size()).isEqualTo(4);
      assertThat(text(file)).isEqualTo("abcd");
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void itCannotBeOpenedAgainBeforeItsNameShows() throws IOException {
    try (TempFile file = create()) {
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> file.reopen(StandardOpenOption.READ))
          .withMessageContaining("shows only once it is closed");
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(file::hostPath)
          .withMessageContaining("is not on the host");
    }
  }

  @Test
  void aFileThatTakesItsNameIsNotOpenedInItsPlace() throws IOException {
    try (TempFile file = create()) {
      Files.writeString(file.path(), "other");

      assertThatExceptionOfType(PersistException.class)
          .isThrownBy(() -> file.persist(disk.resolve("target")))
          .havingCause()
          .isExactlyInstanceOf(NoSuchFileException.class)
          .withMessage(
              file.path()
                  + ": Another file has taken the name of the temporary file, and its provider"
                  + " cannot open both; write by the channel or a stream of the TempFile");
      Files.delete(file.path());
    }
  }

  @Test
  void aFileThatCannotBeOpenedWithoutALinkIsNotAdopted() throws IOException {
    Path entry = Files.createFile(directory.resolve("entry"));

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> TempFile.adopt(entry))
        .withMessageStartingWith("The file system of " + entry.toUri())
        .withMessageContaining(" does not open files with [");
    Files.delete(entry);
  }

  @Test
  void aNewFileIsPersistedInTheArchiveAndOnTheDisk() throws IOException {
    for (Path target : new Path[] {directory.resolve("target"), disk.resolve("target")}) {
      try (TempFile file = create()) {
        file.newOutputStream().write("text".getBytes(UTF_8));

        file.persist(target);
      }
      assertThat(target).hasContent("text");
      Files.delete(target);
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void anEntryIsNotTakenOver() throws IOException {
    Path entry = Files.writeString(directory.resolve("entry"), "text");

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> TempFile.adopt(entry))
        .withMessageContaining(entry.toUri().toString());
    assertThat(entry).hasContent("text");
  }
}
