package io.github.niotmp.tck.hostvolume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Moves that have to do with the root of a file system, between those in memory and on the host. No
 * contract can make them: the root of the default file system is the machine's, and relative paths
 * start in the directory of the process there.
 */
@ParameterizedClass
@CsvSource({"spooled, spooled", "spooled, host", "host, spooled", "host, host"})
class MoveAcrossTest {
  @Parameter(0)
  @SuppressWarnings("NullAway.Init") // by the class's source
  private String source;

  @Parameter(1)
  @SuppressWarnings("NullAway.Init") // by the class's source
  private String target;

  @TempDir Path host;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private FileSystem from;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private FileSystem to;

  @BeforeEach
  void open() throws IOException {
    from = TmpFileSystems.open(Map.of("storage", source, "directory", host));
    to = TmpFileSystems.open(Map.of("storage", target, "directory", host));
  }

  @AfterEach
  void close() throws IOException {
    from.close();
    to.close();
  }

  @Test
  void aRelativePathStartsAtTheRoot() throws IOException {
    Files.writeString(from.getPath("a"), "text");

    Files.move(from.getPath("a"), to.getPath("b"));

    assertThat(to.getPath("/b")).hasContent("text");
    assertThat(from.getPath("/")).isEmptyDirectory();
  }

  @Test
  void theRootStaysAndThereIsNoCopyOfIt() {
    Path root = from.getPath("/");

    assertThatThrownBy(() -> Files.move(root, to.getPath("/root")))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("/: Device or resource busy");

    assertThat(root).isEmptyDirectory();
    assertThat(to.getPath("/")).isEmptyDirectory();
  }
}
