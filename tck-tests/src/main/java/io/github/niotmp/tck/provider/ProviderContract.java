package io.github.niotmp.tck.provider;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.FileSystemContract;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.AccessMode;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;

/**
 * The contract of {@link FileSystemProvider} for calls from classes other than {@link Files}.
 *
 * @see FileSystemProvider
 * @see FileSystems#newFileSystem(Path, Map)
 * @see Path#toFile
 */
public class ProviderContract extends FileSystemContract {

  @ContractTest
  void itsSchemeIsThatOfItsUris() {
    assertThat(root().toUri().getScheme()).isEqualToIgnoringCase(provider().getScheme());
  }

  @ContractTest
  void itIsAmongTheInstalledOnes() {
    assertThat(FileSystemProvider.installedProviders())
        .extracting(FileSystemProvider::getScheme)
        .contains(provider().getScheme());
  }

  @ContractTest
  void aPathIsFoundByItsUri() {
    Path path = root().resolve("a b").resolve("%ä");

    assertThat(provider().getPath(path.toUri())).isEqualTo(path);
    assertThat(Path.of(path.toUri())).isEqualTo(path);
  }

  @ContractTest
  void whatCannotBeLookedUpHasAUri() throws IOException {
    Path loop = root().resolve("loop");
    Files.createSymbolicLink(loop, loop);

    assertThat(Path.of(loop.resolve("x").toUri())).isEqualTo(loop.resolve("x"));
    Files.delete(loop);
  }

  @ContractTest
  void aFileThatIsNoArchiveIsNoFileSystem() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "no archive");

    assertThatThrownBy(() -> provider().newFileSystem(file, Map.of()))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ContractTest
  void accessIsCheckedAsAsked() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    provider().checkAccess(file);
    provider().checkAccess(file, AccessMode.READ, AccessMode.WRITE);
    Path missing = root().resolve("missing");
    assertThatThrownBy(() -> provider().checkAccess(missing))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(missing.toString());
  }

  @ContractTest
  void itOpensFilesAsTheirClassesDo() throws Exception {
    Path file = root().resolve("f");

    try (FileChannel channel = provider().newFileChannel(file, Set.of(CREATE_NEW, WRITE))) {
      assertThat(channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}))).isEqualTo(3);
    }
    try (AsynchronousFileChannel channel =
        provider().newAsynchronousFileChannel(file, Set.of(READ), null)) {
      assertThat(channel.read(ByteBuffer.allocate(5), 1).get()).isEqualTo(2);
    }
  }

  @ContractTest
  void onlyAPathOfTheDefaultProviderIsAFile() {
    if (fileSystem().equals(FileSystems.getDefault())) {
      assertThat(root().toFile()).isEqualTo(new File(root().toString()));
    } else {
      assertThatThrownBy(() -> root().toFile()).isInstanceOf(UnsupportedOperationException.class);
    }
  }

  private FileSystemProvider provider() {
    return fileSystem().provider();
  }
}
