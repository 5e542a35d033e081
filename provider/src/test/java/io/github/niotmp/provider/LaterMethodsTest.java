package io.github.niotmp.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TmpFileAttributes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link Files} of JDK 20 and later calls, whatever this JDK does. */
class LaterMethodsTest {
  private final TmpFileSystemProvider provider = new TmpFileSystemProvider();

  @SuppressWarnings("NullAway.Init") // opened before each test
  private FileSystem fileSystem;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path dangling;

  @BeforeEach
  void open() throws IOException {
    fileSystem = provider.newFileSystem(URI.create("tmp://later"), Map.of());
    dangling =
        Files.createSymbolicLink(fileSystem.getPath("/dangling"), fileSystem.getPath("missing"));
  }

  @AfterEach
  void close() throws IOException {
    fileSystem.close();
  }

  @Test
  void aLinkThatDanglesExistsUnlessItIsFollowed() {
    assertThat(provider.exists(dangling)).isFalse();
    assertThat(provider.exists(dangling, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void attributesOfAMissingFileAreNull() throws IOException {
    assertThat(provider.readAttributesIfExists(dangling, BasicFileAttributes.class)).isNull();
    assertThat(
            provider.readAttributesIfExists(
                dangling, TmpFileAttributes.class, LinkOption.NOFOLLOW_LINKS))
        .returns(true, BasicFileAttributes::isSymbolicLink);
  }

  @Test
  void attributesOfAnUnknownTypeAreRefused() {
    assertThatThrownBy(() -> provider.readAttributesIfExists(dangling, UnknownAttributes.class))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private interface UnknownAttributes extends BasicFileAttributes {}

  @Test
  void aFailedLookUpIsNoMissingFile() throws IOException {
    Path loop = fileSystem.getPath("/loop");
    Files.createSymbolicLink(loop, loop);

    assertThat(provider.exists(loop)).isFalse();
    assertThatThrownBy(() -> provider.readAttributesIfExists(loop, BasicFileAttributes.class))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("Too many levels of symbolic links");
  }
}
