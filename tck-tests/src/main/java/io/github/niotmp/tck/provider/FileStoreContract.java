package io.github.niotmp.tck.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.attribute.FileStoreAttributeView;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;

/**
 * The contract of {@link FileStore}, and of the look-up of users and groups.
 *
 * @see FileStore
 * @see Files#getFileStore
 * @see java.nio.file.FileSystem#getFileStores
 * @see java.nio.file.FileSystem#getUserPrincipalLookupService
 */
public class FileStoreContract extends FileSystemContract {

  @ContractTest
  void aStoreHasANameAndAType() throws IOException {
    FileStore store = Files.getFileStore(root());

    assertThat(store.name()).isNotEmpty();
    assertThat(store.type()).isNotEmpty();
  }

  @ContractTest
  void aStoreHasBlocksAndNoMoreFreeSpaceThanInTotal() throws IOException {
    FileStore store = Files.getFileStore(root());

    assertThat(store.getBlockSize()).isPositive();
    assertThat(store.getUnallocatedSpace()).isBetween(0L, store.getTotalSpace());
  }

  @ContractTest
  void aViewThatAStoreDoesNotHaveIsNull() throws IOException {
    assertThat(Files.getFileStore(root()).getFileStoreAttributeView(UnknownView.class)).isNull();
  }

  @ContractTest
  @AsOnLinux
  void theSpacesAreAttributesToo() throws IOException {
    FileStore store = Files.getFileStore(root());

    assertThat(store.getAttribute("totalSpace")).isEqualTo(store.getTotalSpace());
    for (String space : List.of("usableSpace", "unallocatedSpace")) {
      assertThat((Long) store.getAttribute(space)).as(space).isBetween(0L, store.getTotalSpace());
    }
    assertThatThrownBy(() -> store.getAttribute("noSuchSpace"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ContractTest
  void theStoresOfAllFilesHaveTheSameNameAndType() throws IOException {
    FileStore store = Files.getFileStore(root());
    FileStore again = Files.getFileStore(Files.createFile(root().resolve("f")));

    assertThat(again.name()).isEqualTo(store.name());
    assertThat(again.type()).isEqualTo(store.type());
  }

  @ContractTest
  @AsOnLinux
  void theStoreOfAllFilesIsOne() throws IOException {
    FileStore store = Files.getFileStore(root());
    FileStore again = Files.getFileStore(Files.createFile(root().resolve("f")));

    assertThat(again).isEqualTo(store).hasSameHashCodeAs(store);
    assertThat(again.toString()).isEqualTo(store.toString()).contains(store.name());
    assertThat(Files.getFileStore(rootOfAnother())).isNotEqualTo(store);
  }

  @ContractTest
  @Needs(Feature.OWNER_IS_THE_USER)
  void aGroupIsFoundByItsName() throws IOException {
    needsView("posix");
    PosixFileAttributeView view = Files.getFileAttributeView(root(), PosixFileAttributeView.class);
    GroupPrincipal group = view.readAttributes().group();
    UserPrincipalLookupService service = fileSystem().getUserPrincipalLookupService();

    assertThat(service.lookupPrincipalByGroupName(group.getName())).isEqualTo(group);
    view.setGroup(group);
    assertThat(view.readAttributes().group()).isEqualTo(group);
    assertThatThrownBy(() -> service.lookupPrincipalByGroupName("no such group"))
        .isInstanceOfSatisfying(
            UserPrincipalNotFoundException.class,
            // JDK 25 omits names of users unless jdk.includeInExceptions allows them
            e -> assertThat(e.getName()).isIn("no such group", ""));
  }

  private interface UnknownView extends FileStoreAttributeView {}
}
