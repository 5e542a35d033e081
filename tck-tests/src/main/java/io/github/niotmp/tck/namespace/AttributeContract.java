package io.github.niotmp.tck.namespace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * The contract of attributes, read by class and by name.
 *
 * @see BasicFileAttributes
 * @see PosixFileAttributeView
 * @see Files#readAttributes(Path, String, LinkOption...)
 * @see Files#exists
 * @see java.nio.file.spi.FileSystemProvider#checkAccess
 */
public class AttributeContract extends FileSystemContract {
  private static final FileTime TIME =
      FileTime.from(Instant.parse("2001-02-03T04:05:06.123456789Z"));

  static List<String> noAttributeButPermissionsIsGivenAtCreationRows() {
    return List.of(
        "lastModifiedTime",
        "basic:creationTime",
        "basic:size",
        "tmp:lastAccessTime",
        "owner:owner",
        "posix:group",
        "unix:mode",
        "unix:uid",
        "user:note",
        "dos:hidden",
        "permissions",
        "posix:permissions,group",
        ":permissions",
        "");
  }

  @ContractTest
  @Needs(Feature.ALL_VIEWS)
  void allViewsOfTheDefaultProviderOnLinuxAreThere() {
    assertThat(fileSystem().supportedFileAttributeViews())
        .contains("basic", "owner", "posix", "unix", "user", "dos");
  }

  @ContractTest
  void theBasicViewTellsKindSizeAndTimes() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "12345");

    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);

    assertThat(attributes.size()).isEqualTo(5);
    assertThat(attributes.isRegularFile()).isTrue();
    assertThat(attributes.isDirectory()).isFalse();
    assertThat(attributes.isSymbolicLink()).isFalse();
    assertThat(attributes.isOther()).isFalse();
    assertThat(attributes.fileKey()).isNotNull();
    assertThat(attributes.creationTime()).isEqualTo(Files.getAttribute(file, "creationTime"));
    assertThat(Files.readAttributes(file, "*"))
        .containsOnlyKeys(
            "size",
            "isRegularFile",
            "isDirectory",
            "isSymbolicLink",
            "isOther",
            "fileKey",
            "lastModifiedTime",
            "lastAccessTime",
            "creationTime");
  }

  @ContractTest
  void timesAreSetToTheNanosecond() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    BasicFileAttributeView view = Files.getFileAttributeView(file, BasicFileAttributeView.class);

    view.setTimes(TIME, TIME, null);
    assertThat(view.readAttributes().lastModifiedTime()).isEqualTo(TIME);
    assertThat(view.readAttributes().lastAccessTime()).isEqualTo(TIME);

    Files.setLastModifiedTime(file, FileTime.fromMillis(-5_000));
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(-5_000));
    assertThat(Files.getAttribute(file, "lastAccessTime")).isEqualTo(TIME);

    Files.setAttribute(file, "lastAccessTime", FileTime.fromMillis(5_000));
    assertThat(Files.getAttribute(file, "lastAccessTime")).isEqualTo(FileTime.fromMillis(5_000));
  }

  @ContractTest
  void writingChangesTheTimeAtOnce() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Files.setLastModifiedTime(file, TIME);

    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      assertThat(Files.getLastModifiedTime(file)).isEqualTo(TIME);
      channel.write(ByteBuffer.wrap(new byte[1]));
      assertThat(Files.getLastModifiedTime(file)).isGreaterThan(TIME);
    }
  }

  @ContractTest
  void addingAndRemovingANameChangesTheTimeOfTheDirectory() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Files.setLastModifiedTime(directory, TIME);

    Path file = Files.createFile(directory.resolve("f"));
    assertThat(Files.getLastModifiedTime(directory)).isGreaterThan(TIME);

    Files.setLastModifiedTime(directory, TIME);
    Files.delete(file);
    assertThat(Files.getLastModifiedTime(directory)).isGreaterThan(TIME);
  }

  @ContractTest
  void movingANameChangesTheTimeOfBothDirectoriesAndNotOfTheFile() throws IOException {
    Path source = Files.createDirectory(root().resolve("s"));
    Path target = Files.createDirectory(root().resolve("t"));
    Path file = Files.createFile(source.resolve("f"));
    for (Path path : List.of(file, source, target)) {
      Files.setLastModifiedTime(path, TIME);
    }

    Path moved = Files.move(file, target.resolve("f"));

    assertThat(Files.getLastModifiedTime(source)).isGreaterThan(TIME);
    assertThat(Files.getLastModifiedTime(target)).isGreaterThan(TIME);
    assertThat(Files.getLastModifiedTime(moved)).isEqualTo(TIME);
  }

  @ContractTest
  void thePosixViewSetsPermissions() throws IOException {
    needsView("posix");
    Path file = Files.createFile(root().resolve("f"));
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);

    view.setPermissions(PosixFilePermissions.fromString("r-xr-x--x"));

    PosixFileAttributes attributes = view.readAttributes();
    assertThat(PosixFilePermissions.toString(attributes.permissions())).isEqualTo("r-xr-x--x");
    assertThat(attributes.owner()).isEqualTo(Files.getOwner(file));
    assertThat(attributes.group()).isNotNull();
    assertThat(Files.readAttributes(file, "posix:permissions,owner,size"))
        .containsOnlyKeys("permissions", "owner", "size");
  }

  @ContractTest
  @Needs(Feature.OWNER_IS_THE_USER)
  void theOwnerIsWhoRunsThis() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    FileOwnerAttributeView view = Files.getFileAttributeView(file, FileOwnerAttributeView.class);

    assertThat(view.getOwner().getName()).isEqualTo(System.getProperty("user.name"));
    view.setOwner(view.getOwner());
    assertThat(
            fileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(view.getOwner().getName()))
        .isEqualTo(view.getOwner());
    assertThatThrownBy(
            () ->
                fileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName("nobody has this name"))
        .isInstanceOf(UserPrincipalNotFoundException.class);
  }

  @ContractTest
  void theUnixViewTellsModeAndNumbers() throws IOException {
    needsView("unix");
    Path file = Files.createFile(root().resolve("f"));
    Files.setAttribute(file, "unix:mode", 04751);

    Map<String, Object> unix = Files.readAttributes(file, "unix:*");

    assertThat(unix)
        .containsKeys(
            "mode", "ino", "dev", "rdev", "nlink", "uid", "gid", "ctime", "owner", "permissions");
    assertThat(unix).containsEntry("mode", 0104751).containsEntry("nlink", 1);
    assertThat(Files.getAttribute(root(), "unix:uid")).isEqualTo(unix.get("uid"));
  }

  @ContractTest
  void theUnixViewTellsFilesApart() throws IOException {
    needsView("unix");
    Path file = Files.createFile(root().resolve("f"));
    Path link = Files.createLink(root().resolve("l"), file);
    Path other = Files.createFile(root().resolve("g"));

    assertThat(numbers(link)).isEqualTo(numbers(file));
    assertThat(numbers(other)).isNotEqualTo(numbers(file));
    assertThat(Files.getAttribute(other, "unix:dev"))
        .isEqualTo(Files.getAttribute(file, "unix:dev"));
    assertThat(numbers(rootOfAnother())).isNotEqualTo(numbers(root()));
  }

  private static Map<String, Object> numbers(Path file) throws IOException {
    return Files.readAttributes(file, "unix:dev,ino");
  }

  @ContractTest
  @AsOnLinux
  void aLinkHasNoPermissionsToSet() throws IOException {
    needsView("posix");
    Path file = Files.createFile(root().resolve("f"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(root().resolve("l"), fileSystem().getPath("f"));
    PosixFileAttributeView view =
        Files.getFileAttributeView(link, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);

    assertThatThrownBy(() -> view.setPermissions(PosixFilePermissions.fromString("r--------")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("Too many levels of symbolic links");

    assertThat(PosixFilePermissions.toString(view.readAttributes().permissions()))
        .isEqualTo("rwxrwxrwx");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  @ContractTest
  @Needs(Feature.USER_ATTRIBUTES_AS_ON_LINUX)
  void userDefinedAttributesAreKeptAsBytes() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    UserDefinedFileAttributeView view =
        Objects.requireNonNull(
            Files.getFileAttributeView(file, UserDefinedFileAttributeView.class));

    assertThat(view.write("key", UTF_8.encode("value"))).isEqualTo(5);
    Files.setAttribute(file, "user:other", new byte[0]);

    assertThat(view.list()).containsExactlyInAnyOrder("key", "other");
    assertThat(view.size("key")).isEqualTo(5);
    ByteBuffer target = ByteBuffer.allocate(10);
    assertThat(view.read("key", target)).isEqualTo(5);
    assertThat(UTF_8.decode(target.flip()).toString()).isEqualTo("value");
    assertThat(Files.getAttribute(file, "user:key")).isEqualTo("value".getBytes(UTF_8));
    assertThatThrownBy(() -> view.read("key", ByteBuffer.allocate(4)))
        .isInstanceOf(IOException.class);
    view.delete("key");
    assertThatThrownBy(() -> view.size("key")).isInstanceOf(IOException.class);
    assertThat(view.list()).containsExactly("other");
  }

  @ContractTest
  void dosFlagsAreKept() throws IOException {
    needsView("dos");
    Path file = Files.createFile(root().resolve("f"));

    Files.setAttribute(file, "dos:hidden", true);
    Files.setAttribute(file, "dos:archive", true);

    assertThat(Files.readAttributes(file, "dos:hidden,archive,readonly,system"))
        .containsEntry("hidden", true)
        .containsEntry("archive", true)
        .containsEntry("readonly", false)
        .containsEntry("system", false);
  }

  @ContractTest
  @Needs(Feature.LINKS_HAVE_A_SIZE)
  void aLinkHasAttributesOfItsOwn() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "12345");
    Path link = Files.createSymbolicLink(root().resolve("l"), fileSystem().getPath("f"));

    BasicFileAttributes own =
        Files.readAttributes(link, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);

    assertThat(own.isSymbolicLink()).isTrue();
    assertThat(own.size()).isEqualTo(1);
    assertThat(Files.size(link)).isEqualTo(5);
    Files.getFileAttributeView(link, BasicFileAttributeView.class).setTimes(TIME, null, null);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(TIME);
    assertThat(Files.getLastModifiedTime(link, LinkOption.NOFOLLOW_LINKS)).isNotEqualTo(TIME);
  }

  @ContractTest
  void whatIsAskedForWronglyIsRefused() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path missing = root().resolve("missing");

    assertThatThrownBy(() -> Files.readAttributes(file, "basic:nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'nothing' not recognized");
    assertThatThrownBy(() -> Files.readAttributes(file, "nothing:size"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("View 'nothing' not available");
    assertThatThrownBy(() -> Files.setAttribute(file, "size", 3L))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'basic:size' not recognized");
    assertThatThrownBy(() -> Files.setAttribute(file, "lastModifiedTime", 3L))
        .isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> Files.readAttributes(missing, "size"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(missing.toString());
    assertThat(Files.getFileAttributeView(file, UnknownView.class)).isNull();
  }

  @ContractTest
  void attributesAreGivenAtCreation() throws IOException {
    needsView("posix");
    Path file =
        Files.createFile(
            root().resolve("f"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------")));
    Path directory =
        Files.createDirectory(
            root().resolve("d"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x---")));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("r--------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx--x---");
  }

  private record Given<T>(String name, T value) implements FileAttribute<T> {}

  @ContractTest
  void anAttributeThatIsNoneIsRefusedAtCreation() {
    Path file = root().resolve("f");

    assertThatThrownBy(() -> Files.createFile(file, new Given<>("nothing:such", "")))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("'nothing:such' not supported as initial attribute");
    assertThat(Files.exists(file)).isFalse();
  }

  @ContractTest(rows = "noAttributeButPermissionsIsGivenAtCreationRows")
  @AsOnLinux
  void noAttributeButPermissionsIsGivenAtCreation(String name) throws IOException {
    Path path = root().resolve("new");
    FileAttribute<?> given = new Given<>(name, 0600);
    Set<StandardOpenOption> creating =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    List<ThrowingCallable> ways =
        List.of(
            () -> Files.createFile(path, given),
            () -> Files.createDirectory(path, given),
            () -> Files.createTempFile(root(), "t", "", given),
            () -> Files.createSymbolicLink(path, root(), given),
            () -> Files.newByteChannel(path, creating, given).close(),
            () -> FileChannel.open(path, creating, given).close(),
            () -> AsynchronousFileChannel.open(path, creating, null, given).close(),
            () -> Files.newByteChannel(root(), Set.of(StandardOpenOption.READ), given).close());

    for (ThrowingCallable way : ways) {
      assertThatThrownBy(way)
          .isExactlyInstanceOf(UnsupportedOperationException.class)
          .hasMessage("'" + name + "' not supported as initial attribute");
    }
    try (DirectoryStream<Path> made = Files.newDirectoryStream(root())) {
      assertThat(made).isEmpty();
    }
  }

  @ContractTest
  @AsOnLinux
  void permissionsAreGivenByTheNameOfEitherView() throws IOException {
    needsView("unix");
    Set<PosixFilePermission> own = Set.of(PosixFilePermission.OWNER_READ);

    for (String view : List.of("posix", "unix")) {
      Path file = Files.createFile(root().resolve(view), new Given<>(view + ":permissions", own));
      assertThat(Files.getPosixFilePermissions(file)).isEqualTo(own);
    }
  }

  @ContractTest
  @Needs(Feature.CHECKS_ACCESS)
  void existsAndAccessAgreeWithTheFile() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    assertThat(Files.exists(file)).isTrue();
    assertThat(Files.notExists(file)).isFalse();
    assertThat(Files.isReadable(file)).isTrue();
    assertThat(Files.isWritable(file)).isTrue();
    assertThat(Files.isExecutable(file)).isFalse();
    for (Path missing : List.of(root().resolve("missing"), root().resolve("missing/f"))) {
      assertThat(Files.exists(missing)).isFalse();
      assertThat(Files.notExists(missing)).isTrue();
      assertThat(Files.isReadable(missing)).isFalse();
    }
  }

  @ContractTest
  @Needs(Feature.CHECKS_ACCESS)
  void permissionsBindRootOnlyWhereNobodyMayExecute() throws IOException {
    needsRoot();
    Path directory = Files.createDirectory(root().resolve("d"));
    Path file = Files.writeString(directory.resolve("f"), "text");
    Files.setPosixFilePermissions(directory, Set.of());
    Files.setPosixFilePermissions(file, Set.of());

    assertThat(Files.readString(file)).isEqualTo("text");
    Files.writeString(file, "other");
    assertThat(Files.isExecutable(directory)).isTrue();
    assertThat(Files.isExecutable(file)).isFalse();
    Files.setPosixFilePermissions(file, Set.of(PosixFilePermission.OTHERS_EXECUTE));
    assertThat(Files.isExecutable(file)).isTrue();
  }

  @ContractTest
  void theFileStoreTellsItsSpace() throws IOException {
    needsView("posix");
    var store = Files.getFileStore(root());

    assertThat(store.getTotalSpace()).isPositive().isGreaterThanOrEqualTo(store.getUsableSpace());
    assertThat(store.getUsableSpace()).isPositive();
    assertThat(store.getAttribute("totalSpace")).isEqualTo(store.getTotalSpace());
    assertThat(store.supportsFileAttributeView(PosixFileAttributeView.class)).isTrue();
    assertThat(store.supportsFileAttributeView("posix")).isTrue();
    assertThat(store.supportsFileAttributeView(UnknownView.class)).isFalse();
    assertThat(store.supportsFileAttributeView("nothing")).isFalse();
    assertThat(store.isReadOnly()).isFalse();
    assertThatThrownBy(() -> store.getAttribute("nothing"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> Files.getFileStore(root().resolve("missing")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private interface UnknownView extends FileAttributeView {}
}
