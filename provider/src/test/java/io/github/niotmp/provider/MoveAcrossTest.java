package io.github.niotmp.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Moves from one {@code tmp:} file system to another, where the comparison can't look. */
class MoveAcrossTest {
  private final TmpFileSystemProvider provider = new TmpFileSystemProvider();

  @SuppressWarnings("NullAway.Init") // opened before each test
  private FileSystem from;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private FileSystem to;

  @BeforeEach
  void open() throws IOException {
    from = provider.newFileSystem(URI.create("tmp://move-from"), Map.of());
    to = provider.newFileSystem(URI.create("tmp://move-to"), Map.of());
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
