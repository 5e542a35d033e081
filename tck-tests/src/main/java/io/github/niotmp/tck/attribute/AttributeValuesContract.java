package io.github.niotmp.tck.attribute;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The contract of attribute values: each accepted value, and the exception for any other.
 *
 * @see Files#readAttributes(Path, String, java.nio.file.LinkOption...)
 * @see Files#setAttribute
 * @see BasicFileAttributeView
 * @see PosixFileAttributeView
 * @see DosFileAttributeView
 */
public class AttributeValuesContract extends FileSystemContract {

  static List<String> unknownNamesAreNotReadRows() {
    return List.of("", ":size", "x", "basic:", "basic:owner", "posix:mode", "size,x", "owner:size");
  }

  static List<String> otherNamesAreNotSetRows() {
    return List.of(
        "",
        ":lastModifiedTime",
        "size",
        "isDirectory",
        "fileKey",
        "posix:mode",
        "unix:ino",
        "unix:ctime",
        "owner:group",
        "dos:permissions",
        "lastModifiedTime,lastAccessTime",
        "*");
  }

  static List<String> valuesOfAnotherTypeAreRefusedRows() {
    return List.of(
        "lastModifiedTime",
        "posix:lastAccessTime",
        "unix:creationTime",
        "posix:permissions",
        "posix:owner",
        "unix:group",
        "owner:owner",
        "unix:mode",
        "unix:uid",
        "unix:gid",
        "dos:readonly",
        "dos:hidden",
        "dos:system",
        "dos:archive");
  }

  static List<String> nullIsRefusedRows() {
    return List.of(
        "posix:permissions",
        "posix:owner",
        "unix:group",
        "owner:owner",
        "unix:mode",
        "unix:uid",
        "dos:readonly");
  }

  @ContractTest
  @Needs(Feature.ALL_VIEWS)
  void viewsSayWhoTheyAre() throws IOException {
    Path file = file();
    assertThat(Files.getFileAttributeView(file, BasicFileAttributeView.class).name())
        .isEqualTo("basic");
    assertThat(Files.getFileAttributeView(file, PosixFileAttributeView.class).name())
        .isEqualTo("posix");
    assertThat(Files.getFileAttributeView(file, FileOwnerAttributeView.class).name())
        .isEqualTo("owner");
    assertThat(Files.getFileAttributeView(file, DosFileAttributeView.class).name())
        .isEqualTo("dos");
    assertThat(Files.getFileAttributeView(file, UserDefinedFileAttributeView.class).name())
        .isEqualTo("user");
    assertThat(Files.getFileAttributeView(file, AclFileAttributeView.class)).isNull();
  }

  @ContractTest
  @Needs(Feature.ALL_VIEWS)
  void namesOfEachViewAreThoseOfLinux() throws IOException {
    Path file = file();
    Set<String> basic = Files.readAttributes(file, "basic:*").keySet();
    assertThat(Files.readAttributes(file, "posix:*"))
        .containsKeys(basic.toArray(String[]::new))
        .containsKeys("owner", "group", "permissions")
        .hasSize(12);
    assertThat(Files.readAttributes(file, "unix:*"))
        .containsKeys("mode", "ino", "dev", "rdev", "nlink", "uid", "gid", "ctime")
        .hasSize(20);
    assertThat(Files.readAttributes(file, "dos:*"))
        .containsKeys("readonly", "hidden", "system", "archive")
        .hasSize(13);
    assertThat(Files.readAttributes(file, "owner:*")).containsOnlyKeys("owner");
  }

  @ContractTest
  void unixValuesHaveTheTypesOfLinux() throws IOException {
    needsView("unix");
    Map<String, Object> unix = Files.readAttributes(file(), "unix:*");
    for (String name : new String[] {"ino", "dev", "rdev", "size"}) {
      assertThat(unix.get(name)).as(name).isInstanceOf(Long.class);
    }
    for (String name : new String[] {"mode", "nlink", "uid", "gid"}) {
      assertThat(unix.get(name)).as(name).isInstanceOf(Integer.class);
    }
    assertThat(unix.get("ctime")).isInstanceOf(FileTime.class);
  }

  @ContractTest
  void namesMayBeRepeatedAndMixedWithTheStar() throws IOException {
    needsView("posix");
    Path file = file();
    assertThat(Files.readAttributes(file, "size,size")).containsOnlyKeys("size");
    assertThat(Files.readAttributes(file, "posix:size,*")).hasSize(12);
    assertThat(Files.readAttributes(file, "size,")).containsOnlyKeys("size");
  }

  @ContractTest(rows = "unknownNamesAreNotReadRows")
  void unknownNamesAreNotRead(String names) throws IOException {
    needsViewOf(names);
    Path file = file();
    assertThatIllegalArgumentException().isThrownBy(() -> Files.readAttributes(file, names));
  }

  @ContractTest(rows = "otherNamesAreNotSetRows")
  void otherNamesAreNotSet(String name) throws IOException {
    needsViewOf(name);
    Path file = file();
    assertThatIllegalArgumentException().isThrownBy(() -> Files.setAttribute(file, name, null));
  }

  @ContractTest(rows = "valuesOfAnotherTypeAreRefusedRows")
  void valuesOfAnotherTypeAreRefused(String name) throws IOException {
    needsViewOf(name);
    Path file = file();
    assertThatExceptionOfType(ClassCastException.class)
        .isThrownBy(() -> Files.setAttribute(file, name, "text"));
  }

  @ContractTest(rows = "nullIsRefusedRows")
  void nullIsRefused(String name) throws IOException {
    needsViewOf(name);
    Path file = file();
    assertThatNullPointerException().isThrownBy(() -> Files.setAttribute(file, name, null));
  }

  @ContractTest
  void timeThatIsNullStays() throws IOException {
    Path file = file();
    FileTime time = FileTime.fromMillis(1_000);
    Files.setLastModifiedTime(file, time);
    Files.setAttribute(file, "lastModifiedTime", null);
    BasicFileAttributeView view = Files.getFileAttributeView(file, BasicFileAttributeView.class);
    view.setTimes(null, FileTime.fromMillis(2_000), null);
    view.setTimes(null, null, null);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
    assertThat(Files.getAttribute(file, "lastAccessTime")).isEqualTo(FileTime.fromMillis(2_000));
  }

  @ContractTest
  void timesStayAsTheOthersAreSet() throws IOException {
    Path file = file();
    BasicFileAttributeView view =
        Objects.requireNonNull(Files.getFileAttributeView(file, BasicFileAttributeView.class));
    view.setTimes(FileTime.fromMillis(1_000), FileTime.fromMillis(2_000), null);
    view.setTimes(null, null, FileTime.fromMillis(500));
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(1_000));
    assertThat(Files.getAttribute(file, "lastAccessTime")).isEqualTo(FileTime.fromMillis(2_000));
  }

  @ContractTest
  void timeOfCreationIsNotThatOfAccess() throws IOException {
    Path file = file();
    Object accessed = Files.getAttribute(file, "lastAccessTime");
    BasicFileAttributeView view =
        Objects.requireNonNull(Files.getFileAttributeView(file, BasicFileAttributeView.class));
    view.setTimes(null, null, FileTime.fromMillis(500));
    assertThat(Files.getAttribute(file, "lastAccessTime")).isEqualTo(accessed);
  }

  @ContractTest
  @AsOnLinux
  void newOwnerDoesNotLendTheRightsOfTheOld() throws IOException {
    needsView("unix");
    Path file = file();
    Files.setAttribute(file, "unix:mode", 0106755);
    Files.setAttribute(file, "unix:uid", Files.getAttribute(file, "unix:uid"));
    assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100755);
    Files.setAttribute(file, "unix:mode", 0106644);
    Files.setAttribute(file, "unix:gid", Files.getAttribute(file, "unix:gid"));
    assertThat(Files.getAttribute(file, "unix:mode")).as("not executable").isEqualTo(0102644);
    Path directory = Files.createDirectory(root().resolve("directory"));
    Files.setAttribute(directory, "unix:mode", 0042755);
    Files.setAttribute(directory, "unix:uid", Files.getAttribute(directory, "unix:uid"));
    assertThat(Files.getAttribute(directory, "unix:mode")).isEqualTo(0042755);
  }

  @ContractTest
  void permissionsReplaceAllBitsOfTheMode() throws IOException {
    needsView("unix");
    Path file = file();
    Files.setAttribute(file, "unix:mode", 0107777);
    assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0107777);
    Files.setPosixFilePermissions(file, Set.of(PosixFilePermission.OWNER_READ));
    assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100400);
    Files.setPosixFilePermissions(file, Set.of());
    assertThat(Files.getPosixFilePermissions(file)).isEmpty();
  }

  @ContractTest
  void permissionsThatAreReadCanBeChangedAndSet() throws IOException {
    needsView("posix");
    Path file = file();
    for (PosixFilePermission permission : PosixFilePermission.values()) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      permissions.clear();
      permissions.add(permission);
      Files.setPosixFilePermissions(file, permissions);
      assertThat(Files.getPosixFilePermissions(file)).containsExactly(permission);
    }
  }

  @ContractTest
  void ownersAreSetByPrincipalAndNumber() throws IOException {
    needsView("unix");
    Path file = file();
    UserPrincipal owner = Files.getOwner(file);
    GroupPrincipal group = (GroupPrincipal) Files.getAttribute(file, "posix:group");
    Files.setAttribute(file, "owner:owner", owner);
    Files.setAttribute(file, "posix:group", group);
    Files.setAttribute(file, "unix:uid", Files.getAttribute(file, "unix:uid"));
    Files.setAttribute(file, "unix:gid", -1);
    assertThat(Files.getOwner(file)).isEqualTo(owner);
    assertThat(Files.getAttribute(file, "posix:group")).isEqualTo(group);
  }

  @ContractTest
  @Needs(Feature.OWNER_IS_THE_USER)
  void principalsOfOthersAreRefused() throws IOException {
    needsView("posix");
    Path file = file();
    UserPrincipal foreign = () -> "somebody";
    assertThatExceptionOfType(ProviderMismatchException.class)
        .isThrownBy(() -> Files.setOwner(file, foreign));
    GroupPrincipal group = (GroupPrincipal) Files.getAttribute(file, "posix:group");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Files.setOwner(file, group))
        .withMessage("'owner' parameter can't be a group");
  }

  @ContractTest
  void dosViewSetsEachFlag() throws IOException {
    needsView("dos");
    Path file = file();
    DosFileAttributeView view =
        Objects.requireNonNull(Files.getFileAttributeView(file, DosFileAttributeView.class));
    view.setReadOnly(true);
    view.setSystem(true);
    DosFileAttributes some = Files.readAttributes(file, DosFileAttributes.class);
    assertThat(some.isReadOnly()).isTrue();
    assertThat(some.isSystem()).isTrue();
    assertThat(some.isHidden()).isFalse();
    assertThat(some.isArchive()).isFalse();
    view.setReadOnly(false);
    view.setSystem(false);
    view.setHidden(true);
    view.setArchive(true);
    DosFileAttributes others = view.readAttributes();
    assertThat(others.isReadOnly()).isFalse();
    assertThat(others.isSystem()).isFalse();
    assertThat(others.isHidden()).isTrue();
    assertThat(others.isArchive()).isTrue();
    view.setHidden(false);
    view.setArchive(false);
    view.setReadOnly(true);
    assertThat(Files.readAttributes(file, DosFileAttributes.class).isHidden()).isFalse();
    assertThat(Files.readAttributes(file, DosFileAttributes.class).isArchive()).isFalse();
    Files.writeString(file, "a read-only flag binds nobody");
  }

  @ContractTest
  void eachFlagIsSetByItsName() throws IOException {
    needsView("dos");
    Path file = file();
    for (String flag : new String[] {"readonly", "hidden", "system", "archive"}) {
      Files.setAttribute(file, "dos:" + flag, true);
      assertThat(Files.getAttribute(file, "dos:" + flag)).as(flag).isEqualTo(true);
      Files.setAttribute(file, "dos:" + flag, false);
      assertThat(Files.getAttribute(file, "dos:" + flag)).as(flag).isEqualTo(false);
    }
  }

  @ContractTest
  void posixViewSetsTheOwnerToo() throws IOException {
    needsView("posix");
    PosixFileAttributeView view =
        Objects.requireNonNull(Files.getFileAttributeView(file(), PosixFileAttributeView.class));
    UserPrincipal owner = view.getOwner();
    view.setOwner(owner);
    assertThat(view.readAttributes().owner()).isEqualTo(owner);
  }

  @ContractTest
  void attributesOfAnUnknownTypeAreNotRead() throws IOException {
    Path file = file();
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Files.readAttributes(file, UnknownAttributes.class));
  }

  private interface UnknownAttributes extends BasicFileAttributes {}

  @ContractTest
  void linkIsFollowedUnlessTold() throws IOException {
    needsView("unix");
    Path file = file();
    Path link = Files.createSymbolicLink(root().resolve("link"), file.getFileName());
    FileTime time = FileTime.fromMillis(1_000);
    Files.setAttribute(link, "lastModifiedTime", time, NOFOLLOW_LINKS);
    assertThat(Files.getLastModifiedTime(link, NOFOLLOW_LINKS)).isEqualTo(time);
    assertThat(Files.getLastModifiedTime(file)).isGreaterThan(time);
    Files.setAttribute(link, "unix:mode", 0400);
    assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100400);
    assertThat((Integer) Files.getAttribute(link, "unix:mode", NOFOLLOW_LINKS) & 0170000)
        .isEqualTo(0120000);
  }

  @ContractTest
  void viewOfAMissingFileFailsAsItIsUsed() {
    needsView("posix");
    Path missing = root().resolve("missing");
    PosixFileAttributeView view =
        Objects.requireNonNull(Files.getFileAttributeView(missing, PosixFileAttributeView.class));
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(view::readAttributes)
        .withMessage(missing.toString());
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> view.setPermissions(Set.of()));
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> view.setTimes(FileTime.fromMillis(0), null, null));
  }

  private void needsViewOf(String attribute) {
    int colon = attribute.indexOf(':');
    if (colon > 0) {
      needsView(attribute.substring(0, colon));
    }
  }

  private Path file() throws IOException {
    return Files.createFile(root().resolve("file"));
  }
}
