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
import java.io.IOException;
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
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract of owners and groups: the users allowed to change them, and the valid values.
 *
 * @see Files#setOwner
 * @see java.nio.file.attribute.FileOwnerAttributeView#setOwner
 * @see PosixFileAttributeView#setGroup
 * @see UserPrincipalLookupService
 */
@Needs(Feature.OWNER_IS_THE_USER)
public class OwnerContract extends FileSystemContract {
  /** An id that systems assign to no account. */
  private static final String UNLISTED = "60999";

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path file;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private PosixFileAttributeView view;

  @BeforeEach
  void create() throws IOException {
    needsView("unix");
    file = Files.createFile(root().resolve("file"));
    view = Objects.requireNonNull(Files.getFileAttributeView(file, PosixFileAttributeView.class));
  }

  static List<String> rootGivesAFileToAnyUserAndGroupRows() {
    return List.of("root", "daemon", UNLISTED);
  }

  @ContractTest(rows = "rootGivesAFileToAnyUserAndGroupRows")
  void rootGivesAFileToAnyUserAndGroup(String name) throws IOException {
    needsRoot();
    assumeTrue(isListed(name), "not listed here");
    UserPrincipal user = lookup().lookupPrincipalByName(name);
    GroupPrincipal group = lookup().lookupPrincipalByGroupName(name);

    view.setOwner(user);
    view.setGroup(group);

    PosixFileAttributes attributes = view.readAttributes();
    assertThat(attributes.owner()).isEqualTo(user);
    assertThat(attributes.group()).isEqualTo(group);
    Files.setAttribute(file, "unix:uid", Files.getAttribute(file, "unix:uid"));
    assertThat(view.getOwner()).isEqualTo(user);
  }

  @ContractTest
  void whoIsKnownByNumberAloneIsNamedByIt() throws IOException {
    needsRoot();

    Files.setAttribute(file, "unix:uid", Integer.valueOf(UNLISTED));
    Files.setAttribute(file, "unix:gid", Integer.valueOf(UNLISTED));

    assertThat(view.getOwner().getName()).isEqualTo(UNLISTED);
    assertThat(view.readAttributes().group().getName()).isEqualTo(UNLISTED);
  }

  @ContractTest
  @AsOnLinux
  void whoGetsAFileDoesNotLendItsRights() throws IOException {
    needsRoot();
    Files.setAttribute(file, "unix:mode", 06755);

    view.setOwner(lookup().lookupPrincipalByName(UNLISTED));

    assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100755);
  }

  @ContractTest
  @AsOnLinux
  void whoIsNotRootKeepsItsFiles() throws IOException {
    assumeFalse(isRoot(), "root gives files away");
    UserPrincipal owner = view.getOwner();
    UserPrincipal other = lookup().lookupPrincipalByName(UNLISTED);

    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view.setOwner(other))
        .withMessage(file + ": Operation not permitted");
    assertThat(view.getOwner()).isEqualTo(owner);
  }

  @ContractTest
  void principalsOfAnotherFileSystemAreRefused() throws IOException {
    UserPrincipal owner = view.getOwner();
    GroupPrincipal foreign = owner::getName;

    assertThatExceptionOfType(ProviderMismatchException.class)
        .isThrownBy(() -> Files.setAttribute(file, "posix:owner", (UserPrincipal) owner::getName));
    assertThatExceptionOfType(ProviderMismatchException.class)
        .isThrownBy(() -> view.setGroup(foreign));
    assertThat(view.getOwner()).isEqualTo(owner);
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

  private boolean isRoot() throws IOException {
    return Files.getAttribute(file, "unix:uid").equals(0);
  }
}
