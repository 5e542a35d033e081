package io.github.niotmp.tck.provider;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import io.github.niotmp.tck.Without;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.AccessMode;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
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
  @Required(
      by = FileSystem.class,
      member = "isOpen()",
      sentence = "true if, and only if, this file system is open")
  @Required(
      by = FileSystem.class,
      member = "isReadOnly()",
      sentence = "true if, and only if, this file system provides read-only access")
  void aFileSystemIsOpenAndWritable() throws IOException {
    Files.createFile(root().resolve("f"));

    assertThat(fileSystem().isOpen()).isTrue();
    assertThat(fileSystem().isReadOnly()).isFalse();
  }

  @ContractTest
  @Needs(Feature.INSTALLED)
  @Required(
      by = FileSystemProvider.class,
      member = "installedProviders()",
      sentence = "Returns a list of the installed file system providers.")
  void theProviderIsInstalled() {
    assertThat(FileSystemProvider.installedProviders())
        .extracting(FileSystemProvider::getScheme)
        .contains(provider().getScheme());
  }

  @ContractTest
  @Without(Feature.INSTALLED)
  @Required(
      by = Path.class,
      member = "of(URI)",
      sentence = "or the provider identified by the URI's scheme component is not installed")
  void noPathIsFoundByItsUriIfTheProviderIsNotInstalled() {
    URI uri = root().toUri();
    assumeTrue(
        FileSystemProvider.installedProviders().stream()
            .noneMatch(provider -> provider.getScheme().equalsIgnoreCase(uri.getScheme())),
        "another provider of the scheme is installed");

    assertThatExceptionOfType(FileSystemNotFoundException.class).isThrownBy(() -> Path.of(uri));
  }

  @ContractTest
  @Required(
      by = FileSystemProvider.class,
      member = "getPath(URI)",
      sentence =
          "If the URI scheme does not identify this provider or other preconditions on the uri"
              + " parameter do not hold")
  void aUriOfAnotherSchemeIsNoPath() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> provider().getPath(URI.create("another:///f")));
  }

  /** The Javadoc guarantees the way back for the default provider only. */
  @ContractTest
  @AsOnLinux
  @Needs(Feature.INSTALLED)
  void aPathIsFoundByItsUri() {
    Path path = root().resolve("a b").resolve("%ä");

    assertThat(provider().getPath(path.toUri())).isEqualTo(path);
    assertThat(Path.of(path.toUri())).isEqualTo(path);
  }

  @ContractTest
  @AsOnLinux
  @Needs({Feature.INSTALLED, Feature.SYMBOLIC_LINKS})
  void aPathThroughALoopOfLinksHasAUri() throws IOException {
    Path loop = root().resolve("loop");
    Files.createSymbolicLink(loop, loop);

    assertThat(Path.of(loop.resolve("x").toUri())).isEqualTo(loop.resolve("x"));
    Files.delete(loop);
  }

  @ContractTest
  @Required(
      by = FileSystemProvider.class,
      member = "newFileSystem(Path,Map)",
      sentence =
          "If this provider does not support access to the contents as a file system or it does"
              + " not recognize the file type of the given file")
  void aTextFileIsNoFileSystem() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "no archive");

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> provider().newFileSystem(file, Map.of()));
  }

  @ContractTest
  @Required(
      by = FileSystemProvider.class,
      member = "checkAccess(Path,AccessMode...)",
      sentence = "Checks the existence, and optionally the accessibility, of a file.")
  void accessToANewFileIsGranted() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    provider().checkAccess(file);
    provider().checkAccess(file, AccessMode.READ);
    provider().checkAccess(file, AccessMode.WRITE);
    provider().checkAccess(file, AccessMode.READ, AccessMode.WRITE);
  }

  @ContractTest
  @Required(
      by = FileSystemProvider.class,
      member = "checkAccess(Path,AccessMode...)",
      sentence =
          "If the modes parameter is of length zero, then the existence of the file is checked.")
  void accessToAMissingFileIsDenied() {
    Path missing = root().resolve("missing");

    assertThatExceptionOfType(IOException.class).isThrownBy(() -> provider().checkAccess(missing));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> provider().checkAccess(missing, AccessMode.READ));
  }

  @ContractTest
  @AsOnLinux
  void accessToAMissingFileIsDeniedWithItsName() {
    Path missing = root().resolve("missing");

    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> provider().checkAccess(missing))
        .satisfies(e -> assertThat(e.getFile()).isEqualTo(missing.toString()));
  }

  @ContractTest
  @Needs(Feature.FILE_CHANNELS)
  @Required(
      by = FileSystemProvider.class,
      member = "newFileChannel(Path,Set,FileAttribute...)",
      sentence =
          "Opens or creates a file for reading and/or writing, returning a file channel to access"
              + " the file.")
  void theProviderOpensFileChannels() throws IOException {
    Path file = root().resolve("f");

    try (FileChannel channel = provider().newFileChannel(file, Set.of(CREATE_NEW, WRITE))) {
      assertThat(channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}))).isEqualTo(3);
    }

    assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3);
  }

  @ContractTest
  @Needs(Feature.ASYNCHRONOUS_CHANNELS)
  @Required(
      by = FileSystemProvider.class,
      member = "newAsynchronousFileChannel(Path,Set,ExecutorService,FileAttribute...)",
      sentence =
          "Opens or creates a file for reading and/or writing, returning an asynchronous file"
              + " channel to access the file.")
  void theProviderOpensAsynchronousChannels() throws Exception {
    Path file = Files.write(root().resolve("f"), new byte[] {1, 2, 3});

    try (AsynchronousFileChannel channel =
        provider().newAsynchronousFileChannel(file, Set.of(READ), null)) {
      assertThat(channel.read(ByteBuffer.allocate(5), 1).get()).isBetween(1, 2);
    }
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "toFile()",
      sentence = "if this Path is not associated with the default provider")
  @Required(
      by = Path.class,
      member = "toFile()",
      sentence =
          "Where this Path is associated with the default provider, then this method is equivalent"
              + " to returning a File object constructed with the String representation of this"
              + " path.")
  void onlyAPathOfTheDefaultProviderIsAFile() {
    if (fileSystem().equals(FileSystems.getDefault())) {
      assertThat(root().toFile()).isEqualTo(new File(root().toString()));
    } else {
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> root().toFile());
    }
  }

  private FileSystemProvider provider() {
    return fileSystem().provider();
  }
}
