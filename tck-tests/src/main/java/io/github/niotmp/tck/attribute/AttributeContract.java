package io.github.niotmp.tck.attribute;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
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
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * The contract of attributes: they are read by class, by name and by view, and given at creation.
 *
 * @see BasicFileAttributes
 * @see PosixFileAttributeView
 * @see Files#readAttributes(Path, String, LinkOption...)
 * @see Files#exists
 */
public class AttributeContract extends FileSystemContract {
  private static final FileTime TIME =
      FileTime.from(Instant.parse("2001-02-03T04:05:06.123456789Z"));

  /** The coarsest granularity of modification times that a file system has in use, FAT's. */
  private static final long GRANULARITY_MILLIS = 2_000;

  private interface UnknownAttributes extends BasicFileAttributes {}

  private interface UnknownView extends FileAttributeView {}

  private record Given<T>(String name, T value) implements FileAttribute<T> {}

  /** A way to create an entry with an initial attribute. */
  private interface Creation {
    void create(Path path, FileAttribute<?> attribute) throws IOException;
  }

  /** An attribute of a table of the Javadoc. */
  private record Documented(String name, Class<?> type) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Documented> basicAttributes() {
    return List.of(
        new Documented("lastModifiedTime", FileTime.class),
        new Documented("lastAccessTime", FileTime.class),
        new Documented("creationTime", FileTime.class),
        new Documented("size", Long.class),
        new Documented("isRegularFile", Boolean.class),
        new Documented("isDirectory", Boolean.class),
        new Documented("isSymbolicLink", Boolean.class),
        new Documented("isOther", Boolean.class));
  }

  static Map<String, Creation> creations() {
    Map<String, Creation> creations = new LinkedHashMap<>();
    creations.put("createFile", Files::createFile);
    creations.put("createDirectory", Files::createDirectory);
    creations.put(
        "newByteChannel",
        (path, attribute) ->
            Files.newByteChannel(path, Set.of(CREATE_NEW, WRITE), attribute).close());
    return creations;
  }

  static List<String> attributesOfLinuxThatAreNotInitial() {
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
  @Required(
      by = FileSystem.class,
      member = "supportedFileAttributeViews()",
      sentence =
          "The BasicFileAttributeView is required to be supported and therefore the set contains"
              + " at least one element, \"basic\".")
  void theBasicViewIsSupported() {
    assertThat(fileSystem().supportedFileAttributeViews()).contains("basic");
  }

  @ContractTest
  @Required(
      by = FileSystem.class,
      member = "supportedFileAttributeViews()",
      sentence = "An unmodifiable set of the names of the supported file attribute views")
  void theSetOfViewsIsUnmodifiable() {
    Set<String> views = fileSystem().supportedFileAttributeViews();

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> views.add("another"));
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.ALL_VIEWS)
  void allViewsOfLinuxAreSupported() {
    assertThat(fileSystem().supportedFileAttributeViews())
        .contains("basic", "owner", "posix", "unix", "user", "dos");
  }

  @ContractTest
  @Required(
      by = BasicFileAttributes.class,
      member = "isRegularFile()",
      sentence = "Tells whether the file is a regular file with opaque content.")
  @Required(
      by = BasicFileAttributes.class,
      member = "size()",
      sentence = "Returns the size of the file (in bytes).")
  void attributesOfARegularFileTellKindAndSize() throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file("12345"), BasicFileAttributes.class);

    assertThat(attributes.isRegularFile()).isTrue();
    assertThat(attributes.isDirectory()).isFalse();
    assertThat(attributes.isSymbolicLink()).isFalse();
    assertThat(attributes.isOther()).isFalse();
    assertThat(attributes.size()).isEqualTo(5);
  }

  @ContractTest
  @Required(
      by = BasicFileAttributes.class,
      member = "isDirectory()",
      sentence = "Tells whether the file is a directory.")
  void attributesOfADirectoryTellItsKind() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));

    BasicFileAttributes attributes = Files.readAttributes(directory, BasicFileAttributes.class);

    assertThat(attributes.isDirectory()).isTrue();
    assertThat(attributes.isRegularFile()).isFalse();
    assertThat(attributes.isSymbolicLink()).isFalse();
    assertThat(attributes.isOther()).isFalse();
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = "readAttributes(Path,Class,LinkOption...)",
      sentence =
          "By default, symbolic links are followed and the file attribute of the final target of"
              + " the link is read. If the option NOFOLLOW_LINKS is present then symbolic links"
              + " are not followed.")
  void attributesOfALinkAreReadOnlyIfAskedFor() throws IOException {
    Path file = file("12345");
    Path link = Files.createSymbolicLink(root().resolve("l"), file.getFileName());

    BasicFileAttributes own = Files.readAttributes(link, BasicFileAttributes.class, NOFOLLOW_LINKS);
    BasicFileAttributes followed = Files.readAttributes(link, BasicFileAttributes.class);

    assertThat(own.isSymbolicLink()).isTrue();
    assertThat(own.isRegularFile()).isFalse();
    assertThat(followed.isSymbolicLink()).isFalse();
    assertThat(followed.isRegularFile()).isTrue();
    assertThat(followed.size()).isEqualTo(5);
    assertThat(Files.getAttribute(link, "isSymbolicLink", NOFOLLOW_LINKS)).isEqualTo(true);
    assertThat(Files.getAttribute(link, "isSymbolicLink")).isEqualTo(false);
  }

  @ContractTest
  @AsOnLinux
  @Needs({Feature.SYMBOLIC_LINKS, Feature.LINKS_HAVE_A_SIZE})
  void sizeOfALinkIsThatOfItsText() throws IOException {
    Path link = Files.createSymbolicLink(root().resolve("l"), fileSystem().getPath("12345"));

    assertThat(Files.getAttribute(link, "size", NOFOLLOW_LINKS)).isEqualTo(5L);
  }

  @ContractTest(rows = "basicAttributes")
  @Required(
      by = BasicFileAttributeView.class,
      sentence =
          "the attributes supported by this attribute view have the following names and types")
  void aBasicAttributeHasTheDocumentedType(Documented attribute) throws IOException {
    Path file = file("text");

    assertThat(Files.getAttribute(file, attribute.name())).isInstanceOf(attribute.type());
    assertThat(Files.getAttribute(file, "basic:" + attribute.name()))
        .isInstanceOf(attribute.type());
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "readAttributes(Path,String,LinkOption...)",
      sentence = "If the list contains the value \"*\" then all attributes are read.")
  void theStarReadsAllAttributes() throws IOException {
    Path file = file("12345");

    for (String star : List.of("*", "basic:*")) {
      assertThat(Files.readAttributes(file, star))
          .as(star)
          .containsEntry("size", 5L)
          .containsEntry("isRegularFile", true)
          .containsEntry("isDirectory", false)
          .containsEntry("isSymbolicLink", false)
          .containsEntry("isOther", false);
    }
  }

  @ContractTest
  @AsOnLinux
  void theStarReadsTheNineBasicAttributes() throws IOException {
    assertThat(Files.readAttributes(file("text"), "*"))
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
  @Required(
      by = Files.class,
      member = "readAttributes(Path,String,LinkOption...)",
      sentence =
          "The attribute-list component is a comma separated list of one or more names of"
              + " attributes to read.")
  void aListOfNamesReadsThoseAttributes() throws IOException {
    assertThat(Files.readAttributes(file("12345"), "size,isDirectory"))
        .containsOnlyKeys("size", "isDirectory")
        .containsEntry("size", 5L)
        .containsEntry("isDirectory", false);
  }

  @ContractTest
  @AsOnLinux
  void aFileHasAKey() throws IOException {
    assertThat(Files.readAttributes(file("text"), BasicFileAttributes.class).fileKey()).isNotNull();
  }

  @ContractTest
  @Required(
      by = BasicFileAttributes.class,
      member = "fileKey()",
      sentence = "Returns an object that uniquely identifies the given file, or null")
  void keysOfTwoFilesDiffer() throws IOException {
    Object key = key(file("text"));

    assertThat(key == null || !key.equals(key(Files.createFile(root().resolve("g"))))).isTrue();
    assertThat(key == null || key.equals(key(root().resolve("f")))).isTrue();
  }

  @ContractTest
  @Needs(Feature.HARD_LINKS)
  @Required(
      by = BasicFileAttributes.class,
      member = "fileKey()",
      sentence =
          "If the file system and files remain static, and two files are the same with non-null"
              + " file keys, then their file keys are equal.")
  void keysOfHardLinksAreEqual() throws IOException {
    Path file = file("text");

    assertThat(key(Files.createLink(root().resolve("l"), file))).isEqualTo(key(file));
  }

  @ContractTest
  @Needs(Feature.SETS_MODIFICATION_TIMES)
  @Required(
      by = Files.class,
      member = "setLastModifiedTime(Path,FileTime)",
      sentence =
          "Updates a file's last modified time attribute. The file time is converted to the epoch"
              + " and precision supported by the file system.")
  void theModificationTimeIsSetToTheGranularity() throws IOException {
    Path file = file("text");

    assertThat(Files.setLastModifiedTime(file, TIME)).isEqualTo(file);

    assertClose(Files.getLastModifiedTime(file), TIME);
    assertThat(Files.readAttributes(file, BasicFileAttributes.class).lastModifiedTime())
        .isEqualTo(Files.getLastModifiedTime(file));
    assertThat(Files.getAttribute(file, "lastModifiedTime"))
        .isEqualTo(Files.getLastModifiedTime(file));
  }

  @ContractTest
  @AsOnLinux
  void timesAreSetToTheNanosecond() throws IOException {
    Path file = file("text");
    BasicFileAttributeView view = basic(file);

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
  @Needs(Feature.SETS_MODIFICATION_TIMES)
  @Required(
      by = BasicFileAttributes.class,
      member = "lastModifiedTime()",
      sentence = "Returns the time of last modification.")
  void aWriteChangesTheModificationTime() throws IOException {
    Path file = file("text");
    Files.setLastModifiedTime(file, TIME);
    FileTime before = Files.getLastModifiedTime(file);

    Files.writeString(file, "other");

    assertThat(Files.getLastModifiedTime(file)).isGreaterThan(before);
  }

  @ContractTest
  @AsOnLinux
  void aWriteChangesTheModificationTimeBeforeTheFileIsClosed() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Files.setLastModifiedTime(file, TIME);

    try (SeekableByteChannel channel = Files.newByteChannel(file, WRITE)) {
      assertThat(Files.getLastModifiedTime(file)).isEqualTo(TIME);
      channel.write(ByteBuffer.wrap(new byte[1]));
      assertThat(Files.getLastModifiedTime(file)).isGreaterThan(TIME);
    }
  }

  @ContractTest
  @AsOnLinux
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
  @AsOnLinux
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
  @Needs({Feature.SYMBOLIC_LINKS, Feature.SETS_MODIFICATION_TIMES})
  @Required(
      by = Files.class,
      member = "getFileAttributeView(Path,Class,LinkOption...)",
      sentence =
          "By default, symbolic links are followed. If the option NOFOLLOW_LINKS is present then"
              + " symbolic links are not followed.")
  void aViewOfALinkSetsTheTimeOfTheFile() throws IOException {
    Path file = file("text");
    Path link = Files.createSymbolicLink(root().resolve("l"), file.getFileName());

    basic(link).setTimes(TIME, null, null);

    assertClose(Files.getLastModifiedTime(file), TIME);
    assertThat(Files.getLastModifiedTime(link, NOFOLLOW_LINKS))
        .isGreaterThan(Files.getLastModifiedTime(file));
  }

  @ContractTest
  @Required(
      by = PosixFileAttributeView.class,
      member = "setPermissions(Set)",
      sentence = "Updates the file permissions.")
  void thePosixViewSetsPermissions() throws IOException {
    needsView("posix");
    Path file = file("text");
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("r-xr-x--x");
    PosixFileAttributeView view = view(file, PosixFileAttributeView.class);

    view.setPermissions(permissions);

    assertThat(view.readAttributes().permissions()).isEqualTo(permissions);
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(permissions);
    assertThat(Files.getAttribute(file, "posix:permissions")).isEqualTo(permissions);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "readAttributes(Path,String,LinkOption...)",
      sentence =
          "\"posix:permissions,owner,size\" Reads the POSIX file permissions, owner, and file"
              + " size.")
  void posixAttributesAreReadByName() throws IOException {
    needsView("posix");
    Path file = file("12345");
    PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);

    assertThat(Files.readAttributes(file, "posix:permissions,owner,size"))
        .containsOnlyKeys("permissions", "owner", "size")
        .containsEntry("permissions", attributes.permissions())
        .containsEntry("owner", attributes.owner())
        .containsEntry("size", 5L);
    assertThat(attributes.owner()).isEqualTo(Files.getOwner(file));
    assertThat(attributes.group()).isEqualTo(Files.getAttribute(file, "posix:group"));
  }

  @ContractTest
  @AsOnLinux
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
  @AsOnLinux
  @Needs(Feature.HARD_LINKS)
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
  @Needs(Feature.SYMBOLIC_LINKS)
  void permissionsOfALinkCannotBeSet() throws IOException {
    needsView("posix");
    Path file = Files.createFile(root().resolve("f"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(root().resolve("l"), fileSystem().getPath("f"));
    PosixFileAttributeView view = view(link, PosixFileAttributeView.class, NOFOLLOW_LINKS);

    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view.setPermissions(PosixFilePermissions.fromString("r--------")));

    assertThat(PosixFilePermissions.toString(view.readAttributes().permissions()))
        .isEqualTo("rwxrwxrwx");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "getAttribute(Path,String,LinkOption...)",
      sentence = "if the attribute name is not specified or is not recognized")
  void anUnknownAttributeIsNotRead() throws IOException {
    Path file = file("text");

    for (String name : List.of("nothing", "basic:nothing")) {
      assertThatIllegalArgumentException()
          .as(name)
          .isThrownBy(() -> Files.getAttribute(file, name));
    }
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "readAttributes(Path,String,LinkOption...)",
      sentence = "if the attribute view is not available")
  void attributesOfAnUnknownViewAreNotRead() throws IOException {
    Path file = file("text");

    for (String names : List.of("nothing:size", "nothing:*")) {
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .as(names)
          .isThrownBy(() -> Files.readAttributes(file, names));
    }
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "readAttributes(Path,Class,LinkOption...)",
      sentence = "if an attributes of the given type are not supported")
  void attributesOfAnUnknownTypeAreNotRead() throws IOException {
    Path file = file("text");

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Files.readAttributes(file, UnknownAttributes.class));
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "getFileAttributeView(Path,Class,LinkOption...)",
      sentence =
          "a file attribute view of the specified type, or null if the attribute view type is not"
              + " available")
  void aViewOfAnUnknownTypeIsNull() throws IOException {
    assertThat(Files.getFileAttributeView(file("text"), UnknownView.class)).isNull();
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "readAttributes(Path,Class,LinkOption...)",
      sentence = "if an I/O error occurs")
  void attributesOfAMissingFileAreNotRead() {
    Path missing = root().resolve("missing");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Files.readAttributes(missing, BasicFileAttributes.class));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Files.readAttributes(missing, "size"));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> basic(missing).readAttributes());
  }

  @ContractTest
  @AsOnLinux
  void attributesOfAMissingFileAreRefusedWithItsName() {
    Path missing = root().resolve("missing");

    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(
            () -> Files.readAttributes(missing, BasicFileAttributes.class),
            () -> Files.readAttributes(missing, "size"),
            () -> basic(missing).readAttributes())) {
      assertThatThrownBy(reading)
          .isInstanceOfSatisfying(
              NoSuchFileException.class,
              e -> assertThat(e.getFile()).isEqualTo(missing.toString()));
    }
  }

  /** An implementation may refuse initial permissions, or give fewer. */
  @ContractTest(rows = "creations")
  @Required(
      by = PosixFileAttributeView.class,
      sentence =
          "it is required that the value of the actual access permissions will be equal or less"
              + " than the value of the attribute provided")
  void permissionsGivenAtCreationAreAnUpperBound(Creation creation) throws IOException {
    needsView("posix");
    Path path = root().resolve("new");
    Set<PosixFilePermission> given = PosixFilePermissions.fromString("rwx------");

    try {
      creation.create(path, PosixFilePermissions.asFileAttribute(given));
    } catch (UnsupportedOperationException e) {
      assertThat(Files.exists(path)).as("exists after %s", e).isFalse();
      return;
    }

    assertThat(given).containsAll(Files.getPosixFilePermissions(path));
  }

  @ContractTest(rows = "creations")
  @AsOnLinux
  void permissionsGivenAtCreationAreSet(Creation creation) throws IOException {
    needsView("posix");
    Path path = root().resolve("new");
    Set<PosixFilePermission> given = PosixFilePermissions.fromString("r-x------");

    creation.create(path, PosixFilePermissions.asFileAttribute(given));

    assertThat(Files.getPosixFilePermissions(path)).isEqualTo(given);
  }

  @ContractTest
  @AsOnLinux
  void aTemporaryFileIsForItsOwnerAlone() throws IOException {
    needsView("posix");

    Path file = Files.createTempFile(root(), "t", null);
    Path directory = Files.createTempDirectory(root(), "t");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
  }

  @ContractTest(rows = "creations")
  @Required(
      by = Files.class,
      member = "createFile(Path,FileAttribute...)",
      sentence =
          "if the array contains an attribute that cannot be set atomically when creating the file")
  @Required(
      by = Files.class,
      member = "createDirectory(Path,FileAttribute...)",
      sentence =
          "if the array contains an attribute that cannot be set atomically when creating the"
              + " directory")
  void anUnknownInitialAttributeIsRefused(Creation creation) {
    Path path = root().resolve("new");

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> creation.create(path, new Given<>("nothing:such", "")));
    assertThat(Files.exists(path)).isFalse();
  }

  @ContractTest(rows = "attributesOfLinuxThatAreNotInitial")
  @AsOnLinux
  @Needs({Feature.SYMBOLIC_LINKS, Feature.FILE_CHANNELS, Feature.ASYNCHRONOUS_CHANNELS})
  void noAttributeButPermissionsIsGivenAtCreation(String name) throws IOException {
    Path path = root().resolve("new");
    FileAttribute<?> given = new Given<>(name, 0600);
    Set<StandardOpenOption> creating = Set.of(CREATE_NEW, WRITE);
    Map<String, ThrowingCallable> ways = new LinkedHashMap<>();
    ways.put("createFile", () -> Files.createFile(path, given));
    ways.put("createDirectory", () -> Files.createDirectory(path, given));
    ways.put("createTempFile", () -> Files.createTempFile(root(), "t", "", given));
    ways.put("createSymbolicLink", () -> Files.createSymbolicLink(path, root(), given));
    ways.put("newByteChannel", () -> Files.newByteChannel(path, creating, given).close());
    ways.put("FileChannel", () -> FileChannel.open(path, creating, given).close());
    ways.put(
        "AsynchronousFileChannel",
        () -> AsynchronousFileChannel.open(path, creating, null, given).close());
    ways.put(
        "newByteChannel of a directory",
        () -> Files.newByteChannel(root(), Set.of(READ), given).close());

    ways.forEach(
        (way, call) ->
            assertThatThrownBy(call)
                .as(way)
                .isExactlyInstanceOf(UnsupportedOperationException.class));
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
      assertThat(Files.getPosixFilePermissions(file)).as(view).isEqualTo(own);
    }
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "exists(Path,LinkOption...)",
      sentence = "true if the file exists; false if the file does not exist")
  @Required(
      by = Files.class,
      member = "notExists(Path,LinkOption...)",
      sentence = "true if the file does not exist; false if the file exists")
  void existenceAgreesWithTheFile() throws IOException {
    Path file = file("text");

    assertThat(Files.exists(file)).isTrue();
    assertThat(Files.notExists(file)).isFalse();
    assertThat(Files.exists(root().resolve("missing"))).isFalse();
    assertThat(Files.notExists(root().resolve("missing"))).isTrue();
    assertThat(Files.exists(root().resolve("missing").resolve("f"))).isFalse();
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = "exists(Path,LinkOption...)",
      sentence =
          "By default, symbolic links are followed. If the option NOFOLLOW_LINKS is present then"
              + " symbolic links are not followed.")
  void aDanglingLinkExistsOnlyIfLinksAreNotFollowed() throws IOException {
    Path link = Files.createSymbolicLink(root().resolve("l"), root().resolve("missing"));

    assertThat(Files.exists(link)).isFalse();
    assertThat(Files.exists(link, NOFOLLOW_LINKS)).isTrue();
    assertThat(Files.notExists(link, NOFOLLOW_LINKS)).isFalse();
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "isReadable(Path)",
      sentence = "true if the file exists and is readable; false if the file does not exist")
  @Required(
      by = Files.class,
      member = "isWritable(Path)",
      sentence = "true if the file exists and is writable; false if the file does not exist")
  void aNewFileIsReadableAndWritable() throws IOException {
    Path file = file("text");

    assertThat(Files.isReadable(file)).isTrue();
    assertThat(Files.isWritable(file)).isTrue();
    assertThat(Files.isReadable(root().resolve("missing"))).isFalse();
    assertThat(Files.isWritable(root().resolve("missing"))).isFalse();
    assertThat(Files.isExecutable(root().resolve("missing"))).isFalse();
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.CHECKS_ACCESS)
  void aNewFileIsNotExecutable() throws IOException {
    assertThat(Files.isExecutable(file("text"))).isFalse();
    assertThat(Files.notExists(root().resolve("missing").resolve("f"))).isTrue();
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.CHECKS_ACCESS)
  void permissionsBindRootOnlyIfNoUserMayExecute() throws IOException {
    needsView("posix");
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
  @AsOnLinux
  void aNameThatStartsWithADotIsHidden() throws IOException {
    assertThat(Files.isHidden(Files.createFile(root().resolve(".f")))).isTrue();
    assertThat(Files.isHidden(file("text"))).isFalse();
  }

  private static Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  private static BasicFileAttributeView basic(Path path) {
    return view(path, BasicFileAttributeView.class);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(root().resolve("f"), text);
  }

  private static void assertClose(FileTime actual, FileTime expected) {
    assertThat(actual.toMillis())
        .as("milliseconds of %s, expected %s", actual, expected)
        .isCloseTo(expected.toMillis(), within(GRANULARITY_MILLIS));
  }
}
