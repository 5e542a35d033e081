package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import io.github.niotmp.tck.Without;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * The contract of symbolic and hard links, of look-up through them, and of real paths.
 *
 * @see Files#createSymbolicLink
 * @see Files#readSymbolicLink
 * @see Files#createLink
 * @see Files#isSameFile
 * @see Path#toRealPath
 */
public class LinkContract extends FileSystemContract {
  private static final String CREATE_SYMBOLIC_LINK =
      "createSymbolicLink(Path,Path,FileAttribute...)";
  private static final String READ_SYMBOLIC_LINK = "readSymbolicLink(Path)";
  private static final String CREATE_LINK = "createLink(Path,Path)";
  private static final String IS_SAME_FILE = "isSameFile(Path,Path)";
  private static final String TO_REAL_PATH = "toRealPath(LinkOption...)";

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = CREATE_SYMBOLIC_LINK,
      sentence = "It may be an absolute or relative path and may not exist.")
  @Required(
      by = Files.class,
      member = READ_SYMBOLIC_LINK,
      sentence = "The target of the link need not exist.")
  void aLinkHoldsAPathThatNeedNotExist() throws IOException {
    Path relative = fileSystem().getPath("x", "y");
    Path absolute = root().resolve("missing");

    for (Path target : List.of(relative, absolute)) {
      Path link = root().resolve(target.isAbsolute() ? "absolute" : "relative");
      assertThat(Files.createSymbolicLink(link, target)).isEqualTo(link);

      assertThat(Files.readSymbolicLink(link)).isEqualTo(target);
      assertThat(Files.isSymbolicLink(link)).isTrue();
      assertThat(Files.exists(link)).as("%s, with its target", link).isFalse();
      assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @AsOnLinux
  void aLinkKeepsTheDotsOfItsTarget() throws IOException {
    Path target = fileSystem().getPath("../x/./y");

    Path link = Files.createSymbolicLink(root().resolve("l"), target);

    assertThat(Files.readSymbolicLink(link)).isEqualTo(target);
  }

  @ContractTest
  @Without(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = CREATE_SYMBOLIC_LINK,
      sentence = "if the implementation does not support symbolic links")
  @Required(
      by = Files.class,
      member = CREATE_SYMBOLIC_LINK,
      sentence =
          "Where symbolic links are supported, but the underlying FileStore does not support"
              + " symbolic links, then this may fail with an IOException.")
  void aSymbolicLinkIsRefused() {
    Path link = root().resolve("l");

    assertThatThrownBy(() -> Files.createSymbolicLink(link, root().resolve("f")))
        .isInstanceOfAny(UnsupportedOperationException.class, IOException.class);

    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @ContractTest
  @Without(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = READ_SYMBOLIC_LINK,
      sentence = "if the implementation does not support symbolic links")
  @Required(
      by = Files.class,
      member = READ_SYMBOLIC_LINK,
      sentence = "failing if the file is not a symbolic link.")
  void readingASymbolicLinkIsRefused() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    assertThatThrownBy(() -> Files.readSymbolicLink(file))
        .isInstanceOfAny(UnsupportedOperationException.class, IOException.class);
    assertThat(Files.isSymbolicLink(file)).isFalse();
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = READ_SYMBOLIC_LINK,
      sentence =
          "this method is used to read the target of the link, failing if the file is not a"
              + " symbolic link.")
  void onlyALinkIsReadAsALink() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path missing = root().resolve("missing");

    assertThatThrownBy(() -> Files.readSymbolicLink(file)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Files.readSymbolicLink(root())).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Files.readSymbolicLink(missing)).isInstanceOf(IOException.class);
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @AsOnLinux
  void readingAFileAsALinkThrowsNotLink() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    assertThatThrownBy(() -> Files.readSymbolicLink(file)).isInstanceOf(NotLinkException.class);
    assertThatThrownBy(() -> Files.readSymbolicLink(root().resolve("missing")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = CREATE_SYMBOLIC_LINK,
      sentence = "if a file with the name already exists")
  void aLinkDoesNotReplaceAFile() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "text");

    assertThatThrownBy(() -> Files.createSymbolicLink(file, root().resolve("x")))
        .isInstanceOf(IOException.class);

    assertThat(Files.isSymbolicLink(file)).isFalse();
    assertThat(Files.readString(file)).isEqualTo("text");
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @AsOnLinux
  void aLinkUnderTheNameOfAFileThrowsFileAlreadyExists() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    assertThatThrownBy(() -> Files.createSymbolicLink(file, fileSystem().getPath("x")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> Files.createSymbolicLink(root(), fileSystem().getPath("x")))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = CREATE_SYMBOLIC_LINK,
      sentence =
          "When the target is a relative path then file system operations on the resulting link are"
              + " relative to the path of the link.")
  void aRelativeTargetStartsAtTheDirectoryOfTheLink() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Files.writeString(directory.resolve("f"), "beside the link");
    Files.writeString(root().resolve("f"), "elsewhere");
    Path link = Files.createSymbolicLink(directory.resolve("l"), fileSystem().getPath("f"));

    assertThat(Files.readString(link)).isEqualTo("beside the link");
    assertThat(Files.isSameFile(link, directory.resolve("f"))).isTrue();
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @AsOnLinux
  void aRelativeTargetMayBeginWithDots() throws IOException {
    Path directory = Files.createDirectories(root().resolve("a/b"));
    Files.writeString(root().resolve("a/f"), "found");
    Path link = Files.createSymbolicLink(directory.resolve("l"), fileSystem().getPath("../f"));

    assertThat(Files.readString(link)).isEqualTo("found");
    assertThat(link.toRealPath()).isEqualTo(root().toRealPath().resolve("a/f"));
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @AsOnLinux
  void dotDotAfterALinkIsTheParentOfItsTarget() throws IOException {
    Files.createDirectories(root().resolve("a/b"));
    Files.writeString(root().resolve("a/f"), "beside the target");
    Files.writeString(root().resolve("f"), "beside the link");
    Path link = Files.createSymbolicLink(root().resolve("l"), root().resolve("a/b"));

    assertThat(Files.readString(link.resolve("../f"))).isEqualTo("beside the target");
    assertThat(link.resolve("..").toRealPath()).isEqualTo(root().toRealPath().resolve("a"));
  }

  @ContractTest
  @AsOnLinux
  void dotDotAboveTheRootIsTheRoot() throws IOException {
    assertThat(fileSystem().getPath("/../../..").toRealPath()).isEqualTo(fileSystem().getPath("/"));
    assertThat(Files.isSameFile(fileSystem().getPath("/.."), fileSystem().getPath("/"))).isTrue();
  }

  @ContractTest
  @AsOnLinux
  void dotDotOfAFileIsRefused() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    // createDirectory, because some JDKs after 17 read attributes as if the file were missing
    assertThatThrownBy(() -> Files.createDirectory(file.resolve("../d")))
        .isExactlyInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.size(root().resolve("missing/..")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @AsOnLinux
  void writingThroughADanglingLinkCreatesTheTarget() throws IOException {
    Path link = Files.createSymbolicLink(root().resolve("l"), fileSystem().getPath("target"));

    Files.writeString(link, "text");

    assertThat(Files.readString(root().resolve("target"))).isEqualTo("text");
    assertThat(Files.isSymbolicLink(link)).isTrue();
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = StandardOpenOption.class,
      member = "CREATE_NEW",
      sentence = "Create a new file, failing if the file already exists.")
  void createNewFailsThroughALink() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "text");
    Path link = Files.createSymbolicLink(root().resolve("l"), file);

    assertThatThrownBy(
            () ->
                Files.newByteChannel(link, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                    .close())
        .isInstanceOf(IOException.class);
    assertThat(Files.readString(file)).isEqualTo("text");
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @AsOnLinux
  void createNewDoesNotFollowADanglingLink() throws IOException {
    Path link = Files.createSymbolicLink(root().resolve("l"), fileSystem().getPath("target"));

    assertThatThrownBy(() -> Files.newOutputStream(link, StandardOpenOption.CREATE_NEW).close())
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.exists(root().resolve("target"))).isFalse();
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = "isRegularFile(Path,LinkOption...)",
      sentence =
          "By default, symbolic links are followed and the file attribute of the final target of"
              + " the link is read. If the option NOFOLLOW_LINKS is present then symbolic links are"
              + " not followed.")
  void aLinkIsFollowedUnlessTheOptionForbidsIt() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "text");
    Path link = Files.createSymbolicLink(root().resolve("l"), file);
    Path linkOfLink = Files.createSymbolicLink(root().resolve("m"), link);

    for (Path path : List.of(link, linkOfLink)) {
      assertThat(Files.isRegularFile(path)).as("%s", path).isTrue();
      assertThat(Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).as("%s", path).isFalse();
      assertThat(Files.size(path)).as("%s", path).isEqualTo(4);
    }
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @AsOnLinux
  void aLinkIsNotOpenedIfTheOptionForbidsToFollow() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "text");
    Path link = Files.createSymbolicLink(root().resolve("l"), file);

    assertThatThrownBy(() -> Files.newByteChannel(link, LinkOption.NOFOLLOW_LINKS).close())
        .isInstanceOf(IOException.class);
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @AsOnLinux
  void linksThatGoRoundInCirclesAreRefused() throws IOException {
    Path one = root().resolve("one");
    Path two = Files.createSymbolicLink(root().resolve("two"), one);
    Files.createSymbolicLink(one, two);

    assertThatThrownBy(() -> Files.size(one)).isInstanceOf(FileSystemException.class);
    assertThat(Files.exists(one)).isFalse();
    assertThat(Files.notExists(one)).isFalse();
    Files.delete(one);
    Files.delete(two);
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @AsOnLinux
  void fortyLinksAreFollowedInAllAndNoMore() throws IOException {
    Files.writeString(root().resolve("l0"), "end");
    for (int i = 1; i <= 41; i++) {
      Files.createSymbolicLink(root().resolve("l" + i), fileSystem().getPath("l" + (i - 1)));
    }

    assertThat(Files.readString(root().resolve("l40"))).isEqualTo("end");
    assertThatThrownBy(() -> Files.readString(root().resolve("l41")))
        .isInstanceOf(FileSystemException.class);
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @AsOnLinux
  void anEmptyTargetIsRefusedWhetherOrNotTheLinkCanBeCreated() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    for (Path link :
        List.of(
            root().resolve("l"),
            root(),
            file,
            file.resolve("x"),
            root().resolve("x".repeat(300)))) {
      assertThatThrownBy(() -> Files.createSymbolicLink(link, fileSystem().getPath("")))
          .as("%s", link)
          .isExactlyInstanceOf(NoSuchFileException.class);
    }
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @AsOnLinux
  void aLinkIsNotCreatedWithAttributesOfItsOwn() {
    needsView("posix");
    Path link = root().resolve("l");
    FileAttribute<?> permissions =
        PosixFilePermissions.asFileAttribute(Set.of(PosixFilePermission.OWNER_READ));

    assertThatThrownBy(() -> Files.createSymbolicLink(link, fileSystem().getPath("x"), permissions))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @ContractTest
  @Needs(Feature.HARD_LINKS)
  @Required(
      by = Files.class,
      member = CREATE_LINK,
      sentence =
          "This method creates a new directory entry for the file so that it can be accessed using"
              + " link as the path.")
  void aHardLinkIsOneMoreNameOfTheFile() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "one");
    Path link = Files.createLink(root().resolve("g"), file);

    Files.writeString(link, "two and three");

    assertThat(link).isEqualTo(root().resolve("g"));
    assertThat(Files.readString(file)).isEqualTo("two and three");
    assertThat(Files.isSameFile(file, link)).isTrue();
    Files.delete(file);
    assertThat(Files.readString(link)).isEqualTo("two and three");
  }

  @ContractTest
  @Without(Feature.HARD_LINKS)
  @Required(
      by = Files.class,
      member = CREATE_LINK,
      sentence = "if the implementation does not support adding an existing file to a directory")
  void aHardLinkIsRefused() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path link = root().resolve("l");

    assertThatThrownBy(() -> Files.createLink(link, file))
        .isInstanceOfAny(UnsupportedOperationException.class, IOException.class);

    assertThat(Files.exists(link)).isFalse();
  }

  @ContractTest
  @Needs(Feature.HARD_LINKS)
  @AsOnLinux
  void aFileCountsItsNames() throws IOException {
    needsView("unix");
    Path file = Files.createFile(root().resolve("f"));
    Path link = Files.createLink(root().resolve("g"), file);

    assertThat(Files.getAttribute(file, "unix:nlink")).isEqualTo(2);
    Files.delete(file);
    assertThat(Files.getAttribute(link, "unix:nlink")).isEqualTo(1);
  }

  @ContractTest
  @Needs(Feature.HARD_LINKS)
  @AsOnLinux
  void aNameThatAMoveReplacesNoLongerCounts() throws IOException {
    needsView("unix");
    Path directory = Files.createDirectory(root().resolve("d"));
    Path file = Files.createFile(root().resolve("f"));
    Path one = Files.createLink(root().resolve("g"), file);
    Path two = Files.createLink(root().resolve("h"), file);

    Files.move(Files.createFile(root().resolve("i")), one, StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.getAttribute(file, "unix:nlink")).isEqualTo(2);
    Files.move(Files.createFile(directory.resolve("i")), two, StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.getAttribute(file, "unix:nlink")).isEqualTo(1);
  }

  @ContractTest
  @Needs({Feature.SYMBOLIC_LINKS, Feature.HARD_LINKS, Feature.HARD_LINKS_OF_LINKS})
  @AsOnLinux
  void aHardLinkOfASymbolicLinkIsOneMoreNameOfTheLink() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path symbolic = Files.createSymbolicLink(root().resolve("l"), file);

    Path hard = Files.createLink(root().resolve("h"), symbolic);

    assertThat(Files.isSymbolicLink(hard)).isTrue();
    assertThat(Files.readSymbolicLink(hard)).isEqualTo(file);
  }

  @ContractTest
  @Needs(Feature.HARD_LINKS)
  @Required(
      by = Files.class,
      member = CREATE_LINK,
      sentence =
          "if the entry could not otherwise be created because a file of that name already exists")
  @Required(
      by = Files.class,
      member = CREATE_LINK,
      sentence = "The existing parameter is the path to an existing file.")
  void aHardLinkNeedsAnExistingFileAndANewName() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "text");
    Path other = Files.writeString(root().resolve("o"), "other");
    Path missing = root().resolve("missing");

    assertThatThrownBy(() -> Files.createLink(other, file)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Files.createLink(root().resolve("e"), missing))
        .isInstanceOf(IOException.class);

    assertThat(Files.readString(other)).isEqualTo("other");
    assertThat(Files.exists(root().resolve("e"))).isFalse();
  }

  @ContractTest
  @Needs(Feature.HARD_LINKS)
  @AsOnLinux
  void aHardLinkFailsWithTheClassesOfLinux() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path file = Files.createFile(root().resolve("f"));
    Path missing = root().resolve("missing");
    Path link = root().resolve("e");
    Path below = file.resolve("below");
    Path tooLong = root().resolve("x".repeat(256));

    assertThatThrownBy(() -> Files.createLink(file, file))
        .isInstanceOf(FileAlreadyExistsException.class);
    for (Path existing : List.of(directory, below, tooLong)) {
      assertThatThrownBy(() -> Files.createLink(link, existing))
          .as("createLink of %s", existing)
          .isExactlyInstanceOf(FileSystemException.class);
    }
    assertThatThrownBy(() -> Files.createLink(below, file))
        .isExactlyInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.createLink(link, missing))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.createLink(file, missing))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.createLink(missing.resolve("e"), file))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(Files.exists(link)).isFalse();
  }

  @ContractTest
  @Needs(Feature.HARD_LINKS)
  @AsOnLinux
  void aHardLinkStaysInItsFileSystem() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path elsewhere = rootOfAnother().resolve("link");

    assertThatThrownBy(() -> Files.createLink(elsewhere, file))
        .isInstanceOf(FileSystemException.class);
    assertThat(Files.exists(elsewhere)).isFalse();
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = TO_REAL_PATH,
      sentence =
          "it derives from this path, an absolute path that locates the same file as this path")
  void theRealPathIsAbsoluteAndLocatesTheSameFile() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path file = Files.createFile(directory.resolve("f"));

    for (Path path : List.of(root(), directory, file)) {
      Path real = path.toRealPath();
      assertThat(real.isAbsolute()).as("%s", real).isTrue();
      assertThat(Files.isSameFile(path, real)).as("%s and %s", path, real).isTrue();
      assertThat(real.toRealPath()).isEqualTo(real);
    }
    assertThat(file.toRealPath()).isEqualTo(root().toRealPath().resolve("d").resolve("f"));
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Path.class,
      member = TO_REAL_PATH,
      sentence =
          "By default, symbolic links are resolved to their final target. If the option"
              + " NOFOLLOW_LINKS is present then this method does not resolve symbolic links.")
  void theRealPathResolvesLinksUnlessTheOptionForbidsIt() throws IOException {
    Path file = Files.createFile(Files.createDirectory(root().resolve("d")).resolve("f"));
    Path link = Files.createSymbolicLink(root().resolve("l"), file);
    Path linkOfLink = Files.createSymbolicLink(root().resolve("m"), link);

    assertThat(linkOfLink.toRealPath()).isEqualTo(file.toRealPath());
    assertThat(linkOfLink.toRealPath(LinkOption.NOFOLLOW_LINKS).getFileName()).hasToString("m");
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @AsOnLinux
  void theRealPathHasNoDots() throws IOException {
    Path directory = Files.createDirectories(root().resolve("a/b"));
    Path link = Files.createSymbolicLink(root().resolve("l"), fileSystem().getPath("a"));
    Path real = root().toRealPath().resolve("a/b");

    assertThat(link.resolve("./b/../b").toRealPath()).isEqualTo(real);
    assertThat(directory.resolve("..").resolve("b").toRealPath(LinkOption.NOFOLLOW_LINKS))
        .isEqualTo(real);
    assertThatThrownBy(() -> root().resolve("missing").toRealPath())
        .isInstanceOf(NoSuchFileException.class);
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @AsOnLinux
  void theRealPathThatFollowsNoLinksKeepsTheDotsAfterThem() throws IOException {
    Files.createDirectories(root().resolve("a/b"));
    Path link = Files.createSymbolicLink(root().resolve("l"), fileSystem().getPath("a/b"));
    Path real = root().toRealPath(LinkOption.NOFOLLOW_LINKS);

    assertThat(link.resolve("../b/.").toRealPath(LinkOption.NOFOLLOW_LINKS))
        .isEqualTo(real.resolve("l/../b"));
    assertThat(link.resolve("../b/..").toRealPath(LinkOption.NOFOLLOW_LINKS))
        .isEqualTo(real.resolve("l/.."));
  }

  @ContractTest
  @AsOnLinux
  void theRealPathOfARelativePathIsThatOfTheAbsoluteOne() throws IOException {
    Path empty = fileSystem().getPath("");
    Path file = Files.createFile(root().resolve("f"));
    Path relative = empty.toAbsolutePath().relativize(file);

    for (LinkOption[] options : new LinkOption[][] {{}, {LinkOption.NOFOLLOW_LINKS}}) {
      assertThat(relative.toRealPath(options)).isEqualTo(file.toRealPath(options));
      assertThat(empty.toRealPath(options)).isEqualTo(empty.toAbsolutePath().toRealPath(options));
    }
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = IS_SAME_FILE,
      sentence = "true if, and only if, the two paths locate the same file")
  void aFileIsTheSameAsItselfAndAsNoOther() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path other = Files.createFile(root().resolve("g"));

    assertThat(Files.isSameFile(file, file)).isTrue();
    assertThat(Files.isSameFile(file, other)).isFalse();
    assertThat(Files.isSameFile(other, file)).isFalse();
    assertThat(Files.isSameFile(file, root())).isFalse();
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = IS_SAME_FILE,
      sentence =
          "If both Path objects are equal then this method returns true without checking if the"
              + " file exists.")
  void equalPathsAreTheSameFileThoughItIsMissing() throws IOException {
    assertThat(Files.isSameFile(root().resolve("missing"), root().resolve("missing"))).isTrue();
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = IS_SAME_FILE,
      sentence = "true if, and only if, the two paths locate the same file")
  @Required(
      by = Files.class,
      member = IS_SAME_FILE,
      sentence =
          "It is symmetric: for two Paths f and g, isSameFile(f,g) will equal isSameFile(g,f).")
  void aFileIsTheSameThroughALink() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path link = Files.createSymbolicLink(root().resolve("l"), file);

    assertThat(Files.isSameFile(file, link)).isTrue();
    assertThat(Files.isSameFile(link, file)).isTrue();
  }

  @ContractTest
  @AsOnLinux
  void aFileIsTheSameThroughDotsAndAMissingOneThrows() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    assertThat(Files.isSameFile(file, root().resolve("./f"))).isTrue();
    assertThatThrownBy(() -> Files.isSameFile(file, root().resolve("missing")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
