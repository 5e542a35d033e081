package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the close of a file system says of a tree that cannot be removed. */
class CloseFaultsTest {
  private static final String REASON = "Input/output error";

  private final FaultyFileSystem faulty =
      new FaultyFileSystem(Jimfs.newFileSystem(Configuration.unix()));

  @SuppressWarnings("NullAway.Init") // opened before each test
  private FileSystem onFaulty;

  @BeforeEach
  void open() throws IOException {
    Path directory = Files.createDirectory(faulty.getPath("/host"));
    onFaulty =
        TmpFileSystems.open(
            "close-faults",
            Map.of("storage", "host", "directory", directory, "openAtClose", "fail"));
    Files.createFile(onFaulty.getPath("/file"));
    faulty.set(
        call -> {
          if (call.name().startsWith("delete")) {
            throw new FileSystemException(call.path(), null, REASON);
          }
        });
  }

  @AfterEach
  void close() throws IOException {
    faulty.close();
  }

  @Test
  void theReasonIsToldUntilTheTreeIsGoneAndTheNameIsFree() throws IOException {
    for (int tries = 0; tries < 2; tries++) {
      assertThatThrownBy(onFaulty::close)
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(REASON);
    }
    faulty.set(Fault.none());
    onFaulty.close();
    onFaulty.close();

    assertThat(faulty.getPath("/host")).isEmptyDirectory();
    assertThatThrownBy(() -> TmpFileSystems.get("close-faults"))
        .isInstanceOf(FileSystemNotFoundException.class);
  }

  @Test
  @SuppressWarnings("StreamResourceLeak") // what is left open is what is tested
  void theReasonIsToldBesideWhatWasOpen() throws IOException {
    InputStream open = Files.newInputStream(onFaulty.getPath("/file"));

    FileSystemException failure = catchThrowableOfType(FileSystemException.class, onFaulty::close);

    assertThat(failure).hasMessageEndingWith("1 handle was open");
    assertThat(failure.getSuppressed())
        .anySatisfy(each -> assertThat(each).hasMessageContaining(REASON));
    assertThatThrownBy(open::read).isInstanceOf(IOException.class);
  }
}
