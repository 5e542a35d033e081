package io.github.niotmp.tck.attribute;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
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
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void viewsSayWhoTheyAre() throws IOException {
    needs(Feature.ALL_VIEWS);
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

  @Test
  void namesOfEachViewAreThoseOfLinux() throws IOException {
    needs(Feature.ALL_VIEWS);
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

  @Test
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

  @Test
  void namesMayBeRepeatedAndMixedWithTheStar() throws IOException {
    needsView("posix");
    Path file = file();
    assertThat(Files.readAttributes(file, "size,size")).containsOnlyKeys("size");
    assertThat(Files.readAttributes(file, "posix:size,*")).hasSize(12);
    assertThat(Files.readAttributes(file, "size,")).containsOnlyKeys("size");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":size", "x", "basic:", "basic:owner", "posix:mode", "size,x", "owner:size"})
  void unknownNamesAreNotRead(String names) throws IOException {
    needsViewOf(names);
    Path file = file();
    assertThatIllegalArgumentException().isThrownBy(() -> Files.readAttributes(file, names));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
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
        "*"
      })
  void otherNamesAreNotSet(String name) throws IOException {
    needsViewOf(name);
    Path file = file();
    assertThatIllegalArgumentException().isThrownBy(() -> Files.setAttribute(file, name, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
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
        "dos:archive"
      })
  void valuesOfAnotherTypeAreRefused(String name) throws IOException {
    needsViewOf(name);
    Path file = file();
    assertThatExceptionOfType(ClassCastException.class)
        .isThrownBy(() -> Files.setAttribute(file, name, "text"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "posix:permissions",
        "posix:owner",
        "unix:group",
        "owner:owner",
        "unix:mode",
        "unix:uid",
        "dos:readonly"
      })
  void nullIsRefused(String name) throws IOException {
    needsViewOf(name);
    Path file = file();
    assertThatNullPointerException().isThrownBy(() -> Files.setAttribute(file, name, null));
  }

  @Test
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

  @Test
  void timesStayAsTheOthersAreSet() throws IOException {
    Path file = file();
    BasicFileAttributeView view =
        Objects.requireNonNull(Files.getFileAttributeView(file, BasicFileAttributeView.class));
    view.setTimes(FileTime.fromMillis(1_000), FileTime.fromMillis(2_000), null);
    view.setTimes(null, null, FileTime.fromMillis(500));
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(1_000));
    assertThat(Files.getAttribute(file, "lastAccessTime")).isEqualTo(FileTime.fromMillis(2_000));
  }

  @Test
  void timeOfCreationIsNotThatOfAccess() throws IOException {
    Path file = file();
    Object accessed = Files.getAttribute(file, "lastAccessTime");
    BasicFileAttributeView view =
        Objects.requireNonNull(Files.getFileAttributeView(file, BasicFileAttributeView.class));
    view.setTimes(null, null, FileTime.fromMillis(500));
    assertThat(Files.getAttribute(file, "lastAccessTime")).isEqualTo(accessed);
  }

  @Test
  void newOwnerDoesNotLendTheRightsOfTheOld() throws IOException {
    needs(Feature.FAILS_AS_ON_LINUX);
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

  @Test
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

  @Test
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

  @Test
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

  @Test
  void principalsOfOthersAreRefused() throws IOException {
    needs(Feature.OWNER_IS_THE_USER);
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

  @Test
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

  @Test
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

  @Test
  void posixViewSetsTheOwnerToo() throws IOException {
    needsView("posix");
    PosixFileAttributeView view =
        Objects.requireNonNull(Files.getFileAttributeView(file(), PosixFileAttributeView.class));
    UserPrincipal owner = view.getOwner();
    view.setOwner(owner);
    assertThat(view.readAttributes().owner()).isEqualTo(owner);
  }

  @Test
  void attributesOfAnUnknownTypeAreNotRead() throws IOException {
    Path file = file();
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Files.readAttributes(file, UnknownAttributes.class));
  }

  private interface UnknownAttributes extends BasicFileAttributes {}

  @Test
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

  @Test
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
