package io.github.niotmp.tck.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract of file systems that a URI identifies, for each {@link UriSubject}: creation,
 * look-up and end.
 *
 * @see FileSystems#newFileSystem(URI, Map)
 * @see FileSystems#getFileSystem(URI)
 */
@Needs({Feature.INSTALLED, Feature.CLOSABLE})
public class LifeCycleContract extends FileSystemContract {
  private static final URI OTHER_SCHEME = URI.create("another:///");

  private final List<FileSystem> created = new ArrayList<>();

  @BeforeEach
  void needsUris() {
    assumeTrue(subject() instanceof UriSubject, () -> subject() + " creates none by a URI");
  }

  @AfterEach
  void closeCreated() throws IOException {
    IOException first = null;
    for (FileSystem fileSystem : created) {
      try {
        fileSystem.close();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  @ContractTest
  @Required(
      by = FileSystems.class,
      member = "newFileSystem(URI,Map)",
      sentence = "Constructs a new file system that is identified by a URI")
  void aNewFileSystemIsOpenAndOfTheProviderOfItsScheme() throws IOException {
    URI uri = newUri();

    FileSystem fileSystem = create(uri);

    assertThat(fileSystem.isOpen()).isTrue();
    assertThat(fileSystem.provider().getScheme()).isEqualToIgnoringCase(uri.getScheme());
  }

  @ContractTest
  @Required(
      by = FileSystemProvider.class,
      member = "getFileSystem(URI)",
      sentence = "Returns an existing FileSystem created by this provider.")
  void anExistingFileSystemIsFound() throws IOException {
    URI uri = newUri();
    FileSystem fileSystem = create(uri);

    assertThat(FileSystems.getFileSystem(uri)).isSameAs(fileSystem);
    assertThat(installed(uri).getFileSystem(uri)).isSameAs(fileSystem);
  }

  @ContractTest
  @Required(
      by = FileSystemProvider.class,
      member = "newFileSystem(URI,Map)",
      sentence =
          "The uri parameter is an absolute, hierarchical URI, with a scheme equal (without regard"
              + " to case) to the scheme supported by this provider.")
  void theSchemeIsComparedWithoutRegardToCase() throws IOException {
    URI uri = newUri();
    String text = uri.toString();
    int colon = text.indexOf(':');
    URI upper =
        URI.create(text.substring(0, colon).toUpperCase(Locale.ROOT) + text.substring(colon));

    FileSystem fileSystem = create(upper);

    assertThat(FileSystems.getFileSystem(upper)).isSameAs(fileSystem);
    assertThat(FileSystems.getFileSystem(uri)).isSameAs(fileSystem);
  }

  @ContractTest
  @Required(
      by = FileSystemProvider.class,
      member = "newFileSystem(URI,Map)",
      sentence =
          "if the file system already exists because it was previously created by an invocation of"
              + " this method.")
  void aFileSystemIsCreatedOnce() throws IOException {
    URI uri = newUri();
    FileSystem fileSystem = create(uri);

    assertThatExceptionOfType(FileSystemAlreadyExistsException.class).isThrownBy(() -> create(uri));

    assertThat(fileSystem.isOpen()).isTrue();
    assertThat(FileSystems.getFileSystem(uri)).isSameAs(fileSystem);
  }

  @ContractTest
  @Required(
      by = FileSystemProvider.class,
      member = "getFileSystem(URI)",
      sentence = "If the file system does not exist")
  void noFileSystemIsFoundBeforeItIsCreated() throws IOException {
    URI uri = newUri();

    assertThatExceptionOfType(FileSystemNotFoundException.class)
        .isThrownBy(() -> FileSystems.getFileSystem(uri));
  }

  @ContractTest
  @Required(
      by = FileSystemProvider.class,
      member = "newFileSystem(URI,Map)",
      sentence = "Constructs a new FileSystem object identified by a URI.")
  void twoUrisIdentifyTwoFileSystems() throws IOException {
    URI uri = newUri();
    FileSystem one = create(uri);
    FileSystem other = create(newUri());

    other.close();

    assertThat(one).isNotSameAs(other).isNotEqualTo(other);
    assertThat(one.isOpen()).isTrue();
    assertThat(FileSystems.getFileSystem(uri)).isSameAs(one);
  }

  /** A provider may return the closed file system, unless it allows a new one for the URI. */
  @ContractTest
  @Required(
      by = FileSystemProvider.class,
      member = "getFileSystem(URI)",
      sentence =
          "If the provider allows a new file system to be created with the same URI as a file"
              + " system it previously created then this method throws the exception if invoked"
              + " after the file system is closed (and before a new instance is created by the"
              + " newFileSystem method).")
  void aUriIsFreeAgainIfItsClosedFileSystemIsNotFound() throws IOException {
    URI uri = newUri();
    FileSystem closed = create(uri);
    closed.close();
    boolean found = isClosedOneFound(uri, closed);

    FileSystem again;
    try {
      again = create(uri);
    } catch (IOException | RuntimeException e) {
      return; // provider-dependent
    }

    assertThat(found).as("the closed file system is found").isFalse();
    assertThat(again).isNotSameAs(closed);
    assertThat(again.isOpen()).isTrue();
    assertThat(closed.isOpen()).isFalse();
    assertThat(FileSystems.getFileSystem(uri)).isSameAs(again);
    closed.close();
    assertThat(again.isOpen()).as("after the old one is closed once more").isTrue();
  }

  private static boolean isClosedOneFound(URI uri, FileSystem closed) {
    try {
      assertThat(FileSystems.getFileSystem(uri)).isSameAs(closed);
      return true;
    } catch (FileSystemNotFoundException e) {
      return false;
    }
  }

  @ContractTest
  @Required(
      by = FileSystemProvider.class,
      member = "getPath(URI)",
      sentence =
          "The resulting Path is associated with a FileSystem that already exists or is"
              + " constructed automatically.")
  void theUriOfAPathLeadsToTheFileSystem() throws IOException {
    FileSystem fileSystem = create(newUri());
    Path root = fileSystem.getRootDirectories().iterator().next();

    Path path = Path.of(root.toUri());

    assertThat(path.getFileSystem()).isSameAs(fileSystem);
    assertThat(Files.isSameFile(path, root)).isTrue();
  }

  @ContractTest
  @Required(
      by = FileSystemProvider.class,
      member = "newFileSystem(URI,Map)",
      sentence = "If the pre-conditions for the uri parameter aren't met")
  @Required(
      by = FileSystemProvider.class,
      member = "getFileSystem(URI)",
      sentence = "If the pre-conditions for the uri parameter aren't met")
  @Required(
      by = FileSystemProvider.class,
      member = "getPath(URI)",
      sentence = "If the URI scheme does not identify this provider")
  void aUriOfAnotherSchemeIsRefused() throws IOException {
    FileSystemProvider provider = installed(newUri());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> provider.newFileSystem(OTHER_SCHEME, Map.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> provider.getFileSystem(OTHER_SCHEME));
    assertThatIllegalArgumentException().isThrownBy(() -> provider.getPath(OTHER_SCHEME));
  }

  private URI newUri() throws IOException {
    return ((UriSubject) subject()).newUri();
  }

  private FileSystem create(URI uri) throws IOException {
    FileSystem fileSystem = FileSystems.newFileSystem(uri, ((UriSubject) subject()).environment());
    created.add(fileSystem);
    return fileSystem;
  }

  private static FileSystemProvider installed(URI uri) {
    return FileSystemProvider.installedProviders().stream()
        .filter(provider -> provider.getScheme().equalsIgnoreCase(uri.getScheme()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No provider is installed for the scheme of " + uri));
  }
}
