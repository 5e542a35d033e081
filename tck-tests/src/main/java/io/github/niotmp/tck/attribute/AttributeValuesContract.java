package io.github.niotmp.tck.attribute;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.AttributeView;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Map;
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
  private static final FileTime TIME = FileTime.fromMillis(1_000_000_000_000L);
  private static final FileTime LATER = FileTime.fromMillis(1_100_000_000_000L);

  /** The coarsest granularity of modification times that a file system has in use, FAT's. */
  private static final long GRANULARITY_MILLIS = 2_000;

  static Map<String, Class<? extends FileAttributeView>> views() {
    return Map.of(
        "basic", BasicFileAttributeView.class,
        "owner", FileOwnerAttributeView.class,
        "posix", PosixFileAttributeView.class,
        "dos", DosFileAttributeView.class,
        "user", UserDefinedFileAttributeView.class,
        "acl", AclFileAttributeView.class);
  }

  static List<String> namesThatLinuxDoesNotRead() {
    return List.of(
        "", ":size", "x", "basic:", "basic:owner", "posix:mode", "size,x", "owner:size", "posix:");
  }

  static List<String> namesThatLinuxDoesNotSet() {
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

  static List<String> attributesOfDocumentedViews() {
    return List.of(
        "posix:permissions",
        "posix:owner",
        "posix:group",
        "owner:owner",
        "dos:readonly",
        "dos:hidden",
        "dos:system",
        "dos:archive");
  }

  static List<String> attributesOfTheUnixView() {
    return List.of("unix:creationTime", "unix:group", "unix:mode", "unix:uid", "unix:gid");
  }

  static List<String> attributesThatAreNotNull() {
    return List.of(
        "posix:permissions",
        "posix:owner",
        "unix:group",
        "owner:owner",
        "unix:mode",
        "unix:uid",
        "dos:readonly");
  }

  static List<String> dosFlags() {
    return List.of("readonly", "hidden", "system", "archive");
  }

  static PosixFilePermission[] permissions() {
    return PosixFilePermission.values();
  }

  @ContractTest(rows = "views")
  @Required(
      by = Files.class,
      member = "getFileAttributeView(Path,Class,LinkOption...)",
      sentence =
          "a file attribute view of the specified type, or null if the attribute view type is not"
              + " available")
  @Required(
      by = AttributeView.class,
      member = "name()",
      sentence = "Returns the name of the attribute view.")
  @Required(
      by = FileSystem.class,
      member = "supportedFileAttributeViews()",
      sentence = "Returns the set of the names of the file attribute views supported by this")
  void aViewIsThereIfItsNameIsSupported(Class<? extends FileAttributeView> type)
      throws IOException {
    String name =
        views().entrySet().stream()
            .filter(view -> view.getValue().equals(type))
            .map(Map.Entry::getKey)
            .findAny()
            .orElseThrow();

    AttributeView view = Files.getFileAttributeView(file(), type);

    Set<String> supported = fileSystem().supportedFileAttributeViews();
    assertThat(view != null)
        .as("whether a file has the view %s; supported are %s", name, supported)
        .isEqualTo(supported.contains(name));
    if (view != null) {
      assertThat(view.name()).isEqualTo(name);
    }
  }

  @ContractTest
  @AsOnLinux
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
  @AsOnLinux
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
  @AsOnLinux
  void namesMayBeRepeatedAndMixedWithTheStar() throws IOException {
    needsView("posix");
    Path file = file();
    assertThat(Files.readAttributes(file, "size,size")).containsOnlyKeys("size");
    assertThat(Files.readAttributes(file, "posix:size,*")).hasSize(12);
    assertThat(Files.readAttributes(file, "size,")).containsOnlyKeys("size");
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "readAttributes(Path,String,LinkOption...)",
      sentence = "if no attributes are specified or an unrecognized attribute is specified")
  void aListWithoutNamesIsNotRead() throws IOException {
    Path file = file();

    assertThatIllegalArgumentException().isThrownBy(() -> Files.readAttributes(file, ""));
    assertThatIllegalArgumentException().isThrownBy(() -> Files.readAttributes(file, "basic:"));
  }

  @ContractTest(rows = "namesThatLinuxDoesNotRead")
  @AsOnLinux
  void namesThatLinuxDoesNotKnowAreNotRead(String names) throws IOException {
    needsViewOf(names);
    Path file = file();
    assertThatIllegalArgumentException().isThrownBy(() -> Files.readAttributes(file, names));
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "setAttribute(Path,String,Object,LinkOption...)",
      sentence = "if the attribute name is not specified, or is not recognized")
  void anUnknownAttributeIsNotSet() throws IOException {
    Path file = file();

    for (String name : List.of("nothing", "basic:nothing", "")) {
      assertThatIllegalArgumentException()
          .as(name)
          .isThrownBy(() -> Files.setAttribute(file, name, TIME));
    }
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "setAttribute(Path,String,Object,LinkOption...)",
      sentence = "if the attribute view is not available")
  void anAttributeOfAnUnknownViewIsNotSet() throws IOException {
    Path file = file();

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Files.setAttribute(file, "nothing:lastModifiedTime", TIME));
  }

  @ContractTest(rows = "namesThatLinuxDoesNotSet")
  @AsOnLinux
  void namesThatLinuxDoesNotSetAreRefused(String name) throws IOException {
    needsViewOf(name);
    Path file = file();
    assertThatIllegalArgumentException().isThrownBy(() -> Files.setAttribute(file, name, null));
  }

  @ContractTest
  @Needs(Feature.SETS_MODIFICATION_TIMES)
  @Required(
      by = Files.class,
      member = "setAttribute(Path,String,Object,LinkOption...)",
      sentence = "if the attribute value is not of the expected type")
  void aTimeOfAnotherTypeIsRefused() throws IOException {
    Path file = file();
    Files.setLastModifiedTime(file, TIME);
    FileTime before = Files.getLastModifiedTime(file);

    for (Object value : List.of("text", 3L)) {
      assertThatExceptionOfType(ClassCastException.class)
          .isThrownBy(() -> Files.setAttribute(file, "lastModifiedTime", value));
    }
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
  }

  @ContractTest(rows = "attributesOfDocumentedViews")
  @Required(
      by = Files.class,
      member = "setAttribute(Path,String,Object,LinkOption...)",
      sentence = "if the attribute value is not of the expected type")
  void valuesOfAnotherTypeAreRefused(String name) throws IOException {
    needsViewOf(name);
    Path file = file();
    assertThatExceptionOfType(ClassCastException.class)
        .isThrownBy(() -> Files.setAttribute(file, name, "text"));
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "setAttribute(Path,String,Object,LinkOption...)",
      sentence =
          "if the attribute value is not of the expected type or is a collection containing"
              + " elements that are not of the expected type")
  void aSetOfOtherElementsIsNoSetOfPermissions() throws IOException {
    needsView("posix");
    Path file = file();
    assertThatExceptionOfType(ClassCastException.class)
        .isThrownBy(() -> Files.setAttribute(file, "posix:permissions", Set.of("r")));
  }

  @ContractTest(rows = "attributesOfTheUnixView")
  @AsOnLinux
  void unixValuesOfAnotherTypeAreRefused(String name) throws IOException {
    needsViewOf(name);
    Path file = file();
    assertThatExceptionOfType(ClassCastException.class)
        .isThrownBy(() -> Files.setAttribute(file, name, "text"));
  }

  @ContractTest(rows = "attributesThatAreNotNull")
  @AsOnLinux
  void nullIsRefused(String name) throws IOException {
    needsViewOf(name);
    Path file = file();
    assertThatNullPointerException().isThrownBy(() -> Files.setAttribute(file, name, null));
  }

  @ContractTest
  @Needs(Feature.SETS_MODIFICATION_TIMES)
  @Required(
      by = BasicFileAttributeView.class,
      member = "setTimes(FileTime,FileTime,FileTime)",
      sentence =
          "If any of the lastModifiedTime, lastAccessTime, or createTime parameters has the value"
              + " null then the corresponding timestamp is not changed.")
  void aTimeThatIsNullStays() throws IOException {
    Path file = file();
    BasicFileAttributeView view = basic(file);

    view.setTimes(TIME, null, null);
    view.setTimes(null, LATER, null);
    assertClose(Files.getLastModifiedTime(file), TIME);

    view.setTimes(null, null, LATER);
    assertClose(Files.getLastModifiedTime(file), TIME);
  }

  @ContractTest
  @Needs(Feature.SETS_MODIFICATION_TIMES)
  @Required(
      by = BasicFileAttributeView.class,
      member = "setTimes(FileTime,FileTime,FileTime)",
      sentence =
          "If all of the lastModifiedTime, lastAccessTime and createTime parameters are null then"
              + " this method has no effect.")
  void timesThatAreAllNullHaveNoEffect() throws IOException {
    Path file = file();
    basic(file).setTimes(TIME, null, null);
    BasicFileAttributes before = Files.readAttributes(file, BasicFileAttributes.class);

    basic(file).setTimes(null, null, null);

    BasicFileAttributes after = Files.readAttributes(file, BasicFileAttributes.class);
    assertThat(after.lastModifiedTime()).isEqualTo(before.lastModifiedTime());
    assertThat(after.lastAccessTime()).isEqualTo(before.lastAccessTime());
    assertThat(after.creationTime()).isEqualTo(before.creationTime());
  }

  @ContractTest
  @AsOnLinux
  void eachTimeIsSetAlone() throws IOException {
    Path file = file();
    BasicFileAttributeView view = basic(file);
    FileTime accessed = (FileTime) Files.getAttribute(file, "lastAccessTime");

    view.setTimes(null, null, FileTime.fromMillis(500));
    assertThat(Files.getAttribute(file, "lastAccessTime")).isEqualTo(accessed);

    view.setTimes(FileTime.fromMillis(1_000), FileTime.fromMillis(2_000), null);
    view.setTimes(null, null, FileTime.fromMillis(600));
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(1_000));
    assertThat(Files.getAttribute(file, "lastAccessTime")).isEqualTo(FileTime.fromMillis(2_000));

    Files.setAttribute(file, "lastModifiedTime", null);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(1_000));
  }

  @ContractTest
  @AsOnLinux
  void aChangeOfTheOwnerClearsTheSetIdBits() throws IOException {
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
  @AsOnLinux
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

  @ContractTest(rows = "permissions")
  @Required(
      by = PosixFileAttributes.class,
      member = "permissions()",
      sentence =
          "The returned set is a copy of the file permissions and is modifiable. This allows the"
              + " result to be modified and passed to the setPermissions method to update the"
              + " file's permissions.")
  void permissionsThatAreReadCanBeChangedAndSet(PosixFilePermission permission) throws IOException {
    needsView("posix");
    Path file = file();
    Set<PosixFilePermission> before = Files.getPosixFilePermissions(file);

    Set<PosixFilePermission> permissions =
        Files.readAttributes(file, PosixFileAttributes.class).permissions();
    permissions.clear();
    permissions.add(permission);
    assertThat(Files.getPosixFilePermissions(file)).as("before they are set").isEqualTo(before);
    Files.setPosixFilePermissions(file, permissions);

    assertThat(Files.getPosixFilePermissions(file)).containsExactly(permission);
  }

  @ContractTest
  @Required(
      by = FileOwnerAttributeView.class,
      member = "setOwner(UserPrincipal)",
      sentence = "Updates the file owner.")
  void theOwnerThatIsReadCanBeSet() throws IOException {
    needsView("owner");
    Path file = file();
    FileOwnerAttributeView view = view(file, FileOwnerAttributeView.class);
    UserPrincipal owner = view.getOwner();

    view.setOwner(owner);
    Files.setOwner(file, owner);
    Files.setAttribute(file, "owner:owner", owner);

    assertThat(view.getOwner()).isEqualTo(owner);
    assertThat(Files.getOwner(file)).isEqualTo(owner);
    assertThat(Files.getAttribute(file, "owner:owner")).isEqualTo(owner);
  }

  @ContractTest
  @Required(
      by = PosixFileAttributeView.class,
      member = "setGroup(GroupPrincipal)",
      sentence = "Updates the file group-owner.")
  void theGroupThatIsReadCanBeSet() throws IOException {
    needsView("posix");
    PosixFileAttributeView view = view(file(), PosixFileAttributeView.class);
    UserPrincipal owner = view.getOwner();
    GroupPrincipal group = view.readAttributes().group();

    view.setOwner(owner);
    view.setGroup(group);

    assertThat(view.readAttributes().owner()).isEqualTo(owner);
    assertThat(view.readAttributes().group()).isEqualTo(group);
  }

  @ContractTest
  @AsOnLinux
  void ownersAreSetByNumber() throws IOException {
    needsView("unix");
    Path file = file();
    UserPrincipal owner = Files.getOwner(file);
    Object group = Files.getAttribute(file, "posix:group");
    Files.setAttribute(file, "unix:uid", Files.getAttribute(file, "unix:uid"));
    Files.setAttribute(file, "unix:gid", -1);
    assertThat(Files.getOwner(file)).isEqualTo(owner);
    assertThat(Files.getAttribute(file, "posix:group")).isEqualTo(group);
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.OWNER_IS_THE_USER)
  void principalsOfAnotherProviderAreRefused() throws IOException {
    needsView("posix");
    Path file = file();
    UserPrincipal foreign = () -> "somebody";
    assertThatExceptionOfType(ProviderMismatchException.class)
        .isThrownBy(() -> Files.setOwner(file, foreign));
    GroupPrincipal group = (GroupPrincipal) Files.getAttribute(file, "posix:group");
    assertThatExceptionOfType(IOException.class)
        .as("a group as the owner")
        .isThrownBy(() -> Files.setOwner(file, group));
  }

  @ContractTest(rows = "dosFlags")
  @Required(
      by = DosFileAttributeView.class,
      sentence =
          "It may also be used to update the DOS attributes as if by invoking the setReadOnly,"
              + " setHidden, setSystem, and setArchive methods respectively.")
  void aDosFlagIsSetByItsName(String flag) throws IOException {
    needsStoredView("dos");
    Path file = file();
    Files.setAttribute(file, "dos:" + flag, true);
    assertThat(Files.getAttribute(file, "dos:" + flag)).isEqualTo(true);
    Files.setAttribute(file, "dos:" + flag, false);
    assertThat(Files.getAttribute(file, "dos:" + flag)).isEqualTo(false);
  }

  @ContractTest
  @Required(
      by = DosFileAttributeView.class,
      member = "setReadOnly(boolean)",
      sentence = "Updates the value of the read-only attribute.")
  @Required(
      by = DosFileAttributeView.class,
      member = "setHidden(boolean)",
      sentence = "Updates the value of the hidden attribute.")
  @Required(
      by = DosFileAttributeView.class,
      member = "setSystem(boolean)",
      sentence = "Updates the value of the system attribute.")
  @Required(
      by = DosFileAttributeView.class,
      member = "setArchive(boolean)",
      sentence = "Updates the value of the archive attribute.")
  void dosFlagsAreSetOneByOne() throws IOException {
    needsStoredView("dos");
    Path file = file();
    DosFileAttributeView view = view(file, DosFileAttributeView.class);
    view.setArchive(false);
    view.setHidden(false);

    view.setReadOnly(true);
    view.setSystem(true);
    assertThat(flags(Files.readAttributes(file, DosFileAttributes.class)))
        .containsExactly(true, false, true, false);

    view.setReadOnly(false);
    view.setSystem(false);
    view.setHidden(true);
    view.setArchive(true);
    assertThat(flags(view.readAttributes())).containsExactly(false, true, false, true);

    view.setHidden(false);
    view.setArchive(false);
    assertThat(flags(view.readAttributes())).containsExactly(false, false, false, false);
  }

  private static List<Boolean> flags(DosFileAttributes attributes) {
    return List.of(
        attributes.isReadOnly(),
        attributes.isHidden(),
        attributes.isSystem(),
        attributes.isArchive());
  }

  @ContractTest
  @AsOnLinux
  void aReadOnlyFlagDoesNotForbidAWrite() throws IOException {
    needsStoredView("dos");
    Path file = file();
    Files.setAttribute(file, "dos:readonly", true);

    Files.writeString(file, "text");

    assertThat(Files.readString(file)).isEqualTo("text");
  }

  @ContractTest
  @Needs({Feature.SYMBOLIC_LINKS, Feature.SETS_MODIFICATION_TIMES})
  @Required(
      by = Files.class,
      member = "setAttribute(Path,String,Object,LinkOption...)",
      sentence =
          "By default, symbolic links are followed and the file attribute of the final target of"
              + " the link is set. If the option NOFOLLOW_LINKS is present then symbolic links are"
              + " not followed.")
  void anAttributeOfALinkIsThatOfItsTargetUnlessAskedFor() throws IOException {
    Path file = file();
    Path link = Files.createSymbolicLink(root().resolve("link"), file.getFileName());

    Files.setAttribute(link, "lastModifiedTime", TIME);
    assertClose(Files.getLastModifiedTime(file), TIME);

    try {
      Files.setAttribute(link, "lastModifiedTime", LATER, NOFOLLOW_LINKS);
    } catch (IOException | UnsupportedOperationException e) {
      // a link may have no time that can be set
    }
    assertClose(Files.getLastModifiedTime(file), TIME);
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.SYMBOLIC_LINKS)
  void aLinkHasATimeAndNoMode() throws IOException {
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
  @Required(
      by = BasicFileAttributeView.class,
      member = "setTimes(FileTime,FileTime,FileTime)",
      sentence = "if an I/O error occurs")
  @Needs(Feature.SETS_MODIFICATION_TIMES)
  void attributesOfAMissingFileAreNotSet() {
    Path missing = root().resolve("missing");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> basic(missing).setTimes(TIME, null, null));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Files.setAttribute(missing, "lastModifiedTime", TIME));
    assertThat(Files.exists(missing)).isFalse();
  }

  @ContractTest
  @Required(
      by = PosixFileAttributeView.class,
      member = "setPermissions(Set)",
      sentence = "if an I/O error occurs")
  void permissionsOfAMissingFileAreNotSet() {
    needsView("posix");
    Path missing = root().resolve("missing");
    PosixFileAttributeView view = view(missing, PosixFileAttributeView.class);

    assertThatExceptionOfType(IOException.class).isThrownBy(view::readAttributes);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> view.setPermissions(Set.of(PosixFilePermission.OWNER_READ)));
    assertThat(Files.exists(missing)).isFalse();
  }

  private void needsViewOf(String attribute) {
    int colon = attribute.indexOf(':');
    if (colon > 0) {
      needsView(attribute.substring(0, colon));
    }
  }

  /** Skips the test if the store of the files lacks a view of the file system. */
  private void needsStoredView(String view) throws IOException {
    needsView(view);
    assumeTrue(
        Files.getFileStore(root()).supportsFileAttributeView(view),
        () -> "the store of " + subject() + " has no view " + view);
  }

  private static BasicFileAttributeView basic(Path path) {
    return view(path, BasicFileAttributeView.class);
  }

  private static void assertClose(FileTime actual, FileTime expected) {
    assertThat(actual.toMillis())
        .as("milliseconds of %s, expected %s", actual, expected)
        .isCloseTo(expected.toMillis(), within(GRANULARITY_MILLIS));
  }

  private Path file() throws IOException {
    return Files.createFile(root().resolve("file"));
  }
}
