package io.github.niotmp.tck.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;

/**
 * The contract of {@link FileStore}: its name, its space, and its views.
 *
 * @see Files#getFileStore
 * @see FileSystem#getFileStores
 */
public class FileStoreContract extends FileSystemContract {

  private interface UnknownStoreView extends FileStoreAttributeView {}

  private interface UnknownFileView extends FileAttributeView {}

  @ContractTest
  @Required(
      by = Files.class,
      member = "getFileStore(Path)",
      sentence = "Returns the FileStore representing the file store where a file is located.")
  void aFileHasAStore() throws IOException {
    assertThat(Files.getFileStore(root())).isNotNull();
  }

  @ContractTest
  @Required(
      by = FileStore.class,
      member = "name()",
      sentence = "Returns the name of this file store.")
  @Required(
      by = FileStore.class,
      member = "type()",
      sentence = "Returns the type of this file store.")
  void aStoreHasANameAndAType() throws IOException {
    FileStore store = store();

    assertThat(store.name()).isNotNull();
    assertThat(store.type()).isNotNull();
  }

  @ContractTest
  @AsOnLinux
  void nameAndTypeAreNotEmpty() throws IOException {
    assertThat(store().name()).isNotEmpty();
    assertThat(store().type()).isNotEmpty();
  }

  @ContractTest
  @Required(
      by = FileStore.class,
      member = "getTotalSpace()",
      sentence = "Returns the size, in bytes, of the file store.")
  @Required(
      by = FileStore.class,
      member = "getUsableSpace()",
      sentence =
          "Returns the number of bytes available to this Java virtual machine on the file store.")
  @Required(
      by = FileStore.class,
      member = "getUnallocatedSpace()",
      sentence = "Returns the number of unallocated bytes in the file store.")
  void spacesAreNotNegative() throws IOException {
    FileStore store = store();

    assertThat(store.getTotalSpace()).isNotNegative();
    assertThat(store.getUsableSpace()).isNotNegative();
    assertThat(store.getUnallocatedSpace()).isNotNegative();
  }

  @ContractTest
  @AsOnLinux
  void freeSpaceIsPartOfTheTotal() throws IOException {
    FileStore store = store();

    assertThat(store.getTotalSpace()).isPositive();
    assertThat(store.getUsableSpace()).isBetween(1L, store.getTotalSpace());
    assertThat(store.getUnallocatedSpace()).isBetween(0L, store.getTotalSpace());
  }

  @ContractTest
  @Required(
      by = FileStore.class,
      member = "getBlockSize()",
      sentence = "a positive value representing the block size of this file store, in bytes")
  @Required(
      by = FileStore.class,
      member = "getBlockSize()",
      sentence = "if the operation is not supported")
  void theSizeOfABlockIsPositiveOrUnsupported() throws IOException {
    try {
      assertThat(store().getBlockSize()).isPositive();
    } catch (UnsupportedOperationException e) {
      // documented
    }
  }

  @ContractTest
  @AsOnLinux
  void aStoreHasBlocks() throws IOException {
    assertThat(store().getBlockSize()).isPositive();
  }

  @ContractTest
  @Required(
      by = FileStore.class,
      member = "isReadOnly()",
      sentence =
          "Any attempt to create a file, open an existing file for writing etc. causes an"
              + " IOException to be thrown.")
  void aStoreWithANewFileIsNotReadOnly() throws IOException {
    assertThat(storeOf(Files.createFile(root().resolve("f"))).isReadOnly()).isFalse();
  }

  @ContractTest
  @Required(
      by = FileStore.class,
      member = "supportsFileAttributeView(Class)",
      sentence =
          "Invoking this method to test if the file store supports BasicFileAttributeView will"
              + " always return true.")
  @Required(
      by = FileStore.class,
      member = "supportsFileAttributeView(String)",
      sentence =
          "Invoking this method to test if the file store supports BasicFileAttributeView,"
              + " identified by the name \"basic\" will always return true.")
  void aStoreSupportsTheBasicView() throws IOException {
    assertThat(store().supportsFileAttributeView(BasicFileAttributeView.class)).isTrue();
    assertThat(store().supportsFileAttributeView("basic")).isTrue();
  }

  @ContractTest
  @Required(
      by = FileStore.class,
      member = "supportsFileAttributeView(Class)",
      sentence = "true if, and only if, the file attribute view is supported")
  void aStoreDoesNotSupportUnknownViews() throws IOException {
    assertThat(store().supportsFileAttributeView(UnknownFileView.class)).isFalse();
    assertThat(store().supportsFileAttributeView("nothing")).isFalse();
  }

  @ContractTest
  @AsOnLinux
  void aStoreSupportsThePosixView() throws IOException {
    needsView("posix");

    assertThat(store().supportsFileAttributeView(PosixFileAttributeView.class)).isTrue();
    assertThat(store().supportsFileAttributeView("posix")).isTrue();
  }

  @ContractTest
  @Required(
      by = FileStore.class,
      member = "getFileStoreAttributeView(Class)",
      sentence =
          "a file store attribute view of the specified type or null if the attribute view is not"
              + " available")
  void aViewThatAStoreDoesNotHaveIsNull() throws IOException {
    assertThat(store().getFileStoreAttributeView(UnknownStoreView.class)).isNull();
  }

  @ContractTest
  @Required(
      by = FileStore.class,
      member = "getAttribute(String)",
      sentence =
          "if the attribute view is not available or it does not support reading the attribute")
  void anAttributeOfAnUnknownViewIsUnsupported() throws IOException {
    FileStore store = store();

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> store.getAttribute("nothing:size"));
  }

  @ContractTest
  @AsOnLinux
  void spacesAreAttributesToo() throws IOException {
    FileStore store = store();

    assertThat(store.getAttribute("totalSpace")).isEqualTo(store.getTotalSpace());
    for (String space : List.of("usableSpace", "unallocatedSpace")) {
      assertThat((Long) store.getAttribute(space)).as(space).isBetween(0L, store.getTotalSpace());
    }
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> store.getAttribute("noSuchSpace"));
  }

  @ContractTest
  @AsOnLinux
  void allFilesAreInOneStore() throws IOException {
    FileStore store = store();
    FileStore again = Files.getFileStore(Files.createFile(root().resolve("f")));

    assertThat(again.name()).isEqualTo(store.name());
    assertThat(again.type()).isEqualTo(store.type());
    assertThat(again).isEqualTo(store).hasSameHashCodeAs(store);
    assertThat(again.toString()).isEqualTo(store.toString()).contains(store.name());
  }

  @ContractTest
  @AsOnLinux
  void storesOfTwoFileSystemsDiffer() throws IOException {
    assertThat(Files.getFileStore(rootOfAnother())).isNotEqualTo(store());
  }

  @ContractTest
  @AsOnLinux
  void aMissingFileHasNoStore() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Files.getFileStore(root().resolve("missing")));
  }

  @ContractTest
  @Required(
      by = FileSystem.class,
      member = "getFileStores()",
      sentence = "Returns an object to iterate over the underlying file stores.")
  void storesOfAFileSystemAreListed() {
    for (FileStore store : fileSystem().getFileStores()) {
      assertThat(store).isNotNull();
      assertThat(store.name()).isNotNull();
    }
  }

  private FileStore store() throws IOException {
    return storeOf(root());
  }

  /** Skips the test if files have no store: {@link #aFileHasAStore} is about that. */
  private FileStore storeOf(Path file) throws IOException {
    try {
      return Files.getFileStore(file);
    } catch (UnsupportedOperationException e) {
      return abort(subject() + " has no stores");
    }
  }
}
