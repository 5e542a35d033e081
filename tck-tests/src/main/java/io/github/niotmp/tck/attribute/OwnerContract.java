package io.github.niotmp.tck.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import io.github.niotmp.tck.Without;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;

/**
 * The contract of owners and groups: their look-up by name, the valid values, and the users who may
 * change them.
 *
 * @see Files#setOwner
 * @see java.nio.file.attribute.FileOwnerAttributeView#setOwner
 * @see PosixFileAttributeView#setGroup
 * @see UserPrincipalLookupService
 */
public class OwnerContract extends FileSystemContract {
  /** An id that systems assign to no account. */
  private static final String UNLISTED = "60999";

  static List<String> namesOfAccounts() {
    return List.of("root", "daemon", UNLISTED);
  }

  @ContractTest
  @Without(Feature.PRINCIPAL_LOOKUP)
  @Required(
      by = FileSystem.class,
      member = "getUserPrincipalLookupService()",
      sentence =
          "Returns the UserPrincipalLookupService for this file system (optional operation).")
  void noLookUpServiceIsUnsupported() {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> fileSystem().getUserPrincipalLookupService());
  }

  @ContractTest
  @Needs(Feature.PRINCIPAL_LOOKUP)
  @Required(
      by = UserPrincipalLookupService.class,
      member = "lookupPrincipalByName(String)",
      sentence = "Lookup a user principal by name.")
  void theOwnerOfAFileIsFoundByItsName() throws IOException {
    needsView("owner");
    UserPrincipal owner = Files.getOwner(file());

    assertThat(lookup().lookupPrincipalByName(owner.getName())).isEqualTo(owner);
  }

  @ContractTest
  @Needs(Feature.PRINCIPAL_LOOKUP)
  @Required(
      by = UserPrincipalLookupService.class,
      member = "lookupPrincipalByGroupName(String)",
      sentence = "Lookup a group principal by group name.")
  void theGroupOfAFileIsFoundByItsName() throws IOException {
    needsView("posix");
    GroupPrincipal group = view(file()).readAttributes().group();

    assertThat(lookup().lookupPrincipalByGroupName(group.getName())).isEqualTo(group);
  }

  /** A file system may know a user of every name. */
  @ContractTest
  @AsOnLinux
  @Needs({Feature.PRINCIPAL_LOOKUP, Feature.OWNER_IS_THE_USER})
  void anUnknownNameIsNotFound() {
    String name = "no such name";

    assertThatExceptionOfType(UserPrincipalNotFoundException.class)
        .isThrownBy(() -> lookup().lookupPrincipalByName(name));
    assertThatExceptionOfType(UserPrincipalNotFoundException.class)
        .isThrownBy(() -> lookup().lookupPrincipalByGroupName(name))
        // JDK 25 omits names of users unless jdk.includeInExceptions allows them
        .satisfies(e -> assertThat(e.getName()).isIn(name, ""));
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.OWNER_IS_THE_USER)
  void theOwnerOfANewFileIsTheUserOfTheProcess() throws IOException {
    needsView("owner");

    assertThat(Files.getOwner(file()).getName()).isEqualTo(System.getProperty("user.name"));
  }

  @ContractTest(rows = "namesOfAccounts")
  @AsOnLinux
  @Needs({Feature.PRINCIPAL_LOOKUP, Feature.OWNER_IS_THE_USER})
  void rootGivesAFileToAnyUserAndGroup(String name) throws IOException {
    needsView("unix");
    needsRoot();
    assumeTrue(isListed(name), "not listed here");
    Path file = file();
    UserPrincipal user = lookup().lookupPrincipalByName(name);
    GroupPrincipal group = lookup().lookupPrincipalByGroupName(name);

    view(file).setOwner(user);
    view(file).setGroup(group);

    PosixFileAttributes attributes = view(file).readAttributes();
    assertThat(attributes.owner()).isEqualTo(user);
    assertThat(attributes.group()).isEqualTo(group);
    Files.setAttribute(file, "unix:uid", Files.getAttribute(file, "unix:uid"));
    assertThat(view(file).getOwner()).isEqualTo(user);
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.OWNER_IS_THE_USER)
  void ownersWithoutAnAccountAreNamedByTheirNumber() throws IOException {
    needsView("unix");
    needsRoot();
    Path file = file();

    Files.setAttribute(file, "unix:uid", Integer.valueOf(UNLISTED));
    Files.setAttribute(file, "unix:gid", Integer.valueOf(UNLISTED));

    assertThat(view(file).getOwner().getName()).isEqualTo(UNLISTED);
    assertThat(view(file).readAttributes().group().getName()).isEqualTo(UNLISTED);
  }

  @ContractTest
  @AsOnLinux
  @Needs({Feature.PRINCIPAL_LOOKUP, Feature.OWNER_IS_THE_USER})
  void aNewOwnerClearsTheSetIdBits() throws IOException {
    needsView("unix");
    needsRoot();
    Path file = file();
    Files.setAttribute(file, "unix:mode", 06755);

    view(file).setOwner(lookup().lookupPrincipalByName(UNLISTED));

    assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100755);
  }

  @ContractTest
  @AsOnLinux
  @Needs({Feature.PRINCIPAL_LOOKUP, Feature.OWNER_IS_THE_USER})
  void onlyRootGivesFilesAway() throws IOException {
    needsView("unix");
    Path file = file();
    assumeFalse(Files.getAttribute(file, "unix:uid").equals(0), "root gives files away");
    UserPrincipal owner = view(file).getOwner();
    UserPrincipal other = lookup().lookupPrincipalByName(UNLISTED);

    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(file).setOwner(other));
    assertThat(view(file).getOwner()).isEqualTo(owner);
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.OWNER_IS_THE_USER)
  void principalsOfAnotherProviderAreRefused() throws IOException {
    needsView("posix");
    Path file = file();
    UserPrincipal owner = view(file).getOwner();
    GroupPrincipal foreign = owner::getName;

    assertThatExceptionOfType(ProviderMismatchException.class)
        .isThrownBy(() -> Files.setAttribute(file, "posix:owner", (UserPrincipal) owner::getName));
    assertThatExceptionOfType(ProviderMismatchException.class)
        .isThrownBy(() -> view(file).setGroup(foreign));
    assertThat(view(file).getOwner()).isEqualTo(owner);
  }

  private UserPrincipalLookupService lookup() {
    return fileSystem().getUserPrincipalLookupService();
  }

  private static boolean isListed(String name) throws IOException {
    UserPrincipalLookupService host = FileSystems.getDefault().getUserPrincipalLookupService();
    try {
      host.lookupPrincipalByName(name);
      host.lookupPrincipalByGroupName(name);
      return true;
    } catch (UserPrincipalNotFoundException e) {
      return false;
    }
  }

  private static PosixFileAttributeView view(Path file) {
    return view(file, PosixFileAttributeView.class);
  }

  private Path file() throws IOException {
    return Files.createFile(root().resolve("file"));
  }
}
