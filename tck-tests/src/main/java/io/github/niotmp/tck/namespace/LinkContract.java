package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
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
 * The contract of symbolic and hard links, and of look-up through them.
 *
 * @see Files#createSymbolicLink
 * @see Files#readSymbolicLink
 * @see Files#createLink
 * @see Files#isSameFile
 * @see Path#toRealPath
 */
public class LinkContract extends FileSystemContract {

  @ContractTest
  void aLinkHoldsItsTargetAsItWasGiven() throws IOException {
    Path relative = fileSystem().getPath("../x/./y");
    Path directory = Files.createDirectory(root().resolve("d"));
    Path link = Files.createSymbolicLink(directory.resolve("l"), relative);

    assertThat(Files.readSymbolicLink(link)).isEqualTo(relative);
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.exists(link)).isFalse();
    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @ContractTest
  void onlyALinkIsReadAsALink() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path missing = root().resolve("missing");

    assertThatThrownBy(() -> Files.readSymbolicLink(file))
        .isInstanceOf(NotLinkException.class)
        .hasMessage(file.toString());
    assertThatThrownBy(() -> Files.readSymbolicLink(missing))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(missing.toString());
  }

  @ContractTest
  void aRelativeTargetStartsWhereTheLinkIs() throws IOException {
    Path directory = Files.createDirectories(root().resolve("a/b"));
    Files.writeString(root().resolve("a/f"), "found");
    Path link = Files.createSymbolicLink(directory.resolve("l"), fileSystem().getPath("../f"));

    assertThat(Files.readString(link)).isEqualTo("found");
    assertThat(link.toRealPath()).isEqualTo(root().toRealPath().resolve("a/f"));
    assertThat(link.toRealPath(LinkOption.NOFOLLOW_LINKS).getFileName()).hasToString("l");
  }

  @ContractTest
  void dotDotAfterALinkIsTheParentOfItsTarget() throws IOException {
    Files.createDirectories(root().resolve("a/b"));
    Files.writeString(root().resolve("a/f"), "beside the target");
    Files.writeString(root().resolve("f"), "beside the link");
    Path link = Files.createSymbolicLink(root().resolve("l"), root().resolve("a/b"));

    assertThat(Files.readString(link.resolve("../f"))).isEqualTo("beside the target");
    assertThat(link.resolve("..").toRealPath()).isEqualTo(root().toRealPath().resolve("a"));
  }

  @ContractTest
  void dotDotAboveTheRootIsTheRoot() throws IOException {
    assertThat(fileSystem().getPath("/../../..").toRealPath()).isEqualTo(fileSystem().getPath("/"));
    assertThat(Files.isSameFile(fileSystem().getPath("/.."), fileSystem().getPath("/"))).isTrue();
  }

  @ContractTest
  void dotDotOfAFileIsRefused() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    // createDirectory, because some JDKs after 17 read attributes as if the file were missing
    assertThatThrownBy(() -> Files.createDirectory(file.resolve("../d")))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(file.resolve("../d") + ": Not a directory");
    assertThatThrownBy(() -> Files.size(root().resolve("missing/..")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @ContractTest
  void writingThroughADanglingLinkCreatesTheTarget() throws IOException {
    Path link = Files.createSymbolicLink(root().resolve("l"), fileSystem().getPath("target"));

    Files.writeString(link, "text");

    assertThat(Files.readString(root().resolve("target"))).isEqualTo("text");
    assertThat(Files.isSymbolicLink(link)).isTrue();
  }

  @ContractTest
  void createNewDoesNotFollowADanglingLink() throws IOException {
    Path link = Files.createSymbolicLink(root().resolve("l"), fileSystem().getPath("target"));

    assertThatThrownBy(() -> Files.newOutputStream(link, StandardOpenOption.CREATE_NEW).close())
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.exists(root().resolve("target"))).isFalse();
  }

  @ContractTest
  void aLinkIsNotFollowedWhereTheOptionSaysSo() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "text");
    Path link = Files.createSymbolicLink(root().resolve("l"), file);

    assertThatThrownBy(() -> Files.newByteChannel(link, LinkOption.NOFOLLOW_LINKS).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Too many levels of symbolic links");
    assertThat(Files.isRegularFile(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(Files.isRegularFile(link)).isTrue();
  }

  @ContractTest
  void linksThatGoRoundInCirclesAreRefused() throws IOException {
    Path one = root().resolve("one");
    Path two = Files.createSymbolicLink(root().resolve("two"), one);
    Files.createSymbolicLink(one, two);

    assertThatThrownBy(() -> Files.size(one))
        .isInstanceOf(FileSystemException.class)
        .hasMessageStartingWith(one + ": Too many levels of symbolic links");
    assertThat(Files.exists(one)).isFalse();
    assertThat(Files.notExists(one)).isFalse();
    Files.delete(one);
    Files.delete(two);
  }

  @ContractTest
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
  void anEmptyTargetIsRefused() {
    Path link = root().resolve("l");

    assertThatThrownBy(() -> Files.createSymbolicLink(link, fileSystem().getPath("")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.createSymbolicLink(root(), fileSystem().getPath("x")))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @ContractTest
  @AsOnLinux
  void anEmptyTargetIsRefusedWhateverTheNameOfTheLinkLeadsTo() throws IOException {
    Path file = Files.createFile(root().resolve("f"));

    for (Path link : List.of(root(), file, file.resolve("x"), root().resolve("x".repeat(300)))) {
      assertThatThrownBy(() -> Files.createSymbolicLink(link, fileSystem().getPath("")))
          .isExactlyInstanceOf(NoSuchFileException.class)
          .hasMessage(link.toString());
    }
  }

  @ContractTest
  @AsOnLinux
  void aLinkIsNotMadeWithAttributesOfItsOwn() {
    needsView("posix");
    Path link = root().resolve("l");
    FileAttribute<?> permissions =
        PosixFilePermissions.asFileAttribute(Set.of(PosixFilePermission.OWNER_READ));

    assertThatThrownBy(() -> Files.createSymbolicLink(link, fileSystem().getPath("x"), permissions))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @ContractTest
  void hardLinksAreOneFile() throws IOException {
    needsView("unix");
    Path file = Files.writeString(root().resolve("f"), "one");
    Path link = Files.createLink(root().resolve("g"), file);

    Files.writeString(link, " two", StandardOpenOption.APPEND);

    assertThat(Files.readString(file)).isEqualTo("one two");
    assertThat(Files.isSameFile(file, link)).isTrue();
    assertThat(Files.getAttribute(file, "unix:nlink")).isEqualTo(2);
    Files.delete(file);
    assertThat(Files.readString(link)).isEqualTo("one two");
    assertThat(Files.getAttribute(link, "unix:nlink")).isEqualTo(1);
  }

  @ContractTest
  void aNameThatAMoveReplacesIsNoMoreOneOfTheFile() throws IOException {
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
  @Needs(Feature.HARD_LINKS_OF_LINKS)
  void aHardLinkOfASymbolicLinkIsOneMoreNameOfTheLink() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path symbolic = Files.createSymbolicLink(root().resolve("l"), file);

    Path hard = Files.createLink(root().resolve("h"), symbolic);

    assertThat(Files.isSymbolicLink(hard)).isTrue();
    assertThat(Files.readSymbolicLink(hard)).isEqualTo(file);
  }

  @ContractTest
  @AsOnLinux
  void aHardLinkThatIsNotMadeSaysOfWhichPaths() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path below = file.resolve("below");
    Path missing = root().resolve("missing");
    Path link = root().resolve("e");

    assertThatThrownBy(() -> Files.createLink(link, below))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(link + " -> " + below + ": Not a directory");
    assertThatThrownBy(() -> Files.createLink(below, file))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(below + " -> " + file + ": Not a directory");
    assertThatThrownBy(() -> Files.createLink(file, missing))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(file + " -> " + missing);
    Path tooLong = root().resolve("x".repeat(256));
    assertThatThrownBy(() -> Files.createLink(link, tooLong))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(link + " -> " + tooLong + ": File name too long");
  }

  @ContractTest
  void directoriesHaveNoHardLinksAndNamesNoTwoFiles() throws IOException {
    Path directory = Files.createDirectory(root().resolve("d"));
    Path file = Files.createFile(root().resolve("f"));
    Path missing = root().resolve("missing");

    assertThatThrownBy(() -> Files.createLink(root().resolve("e"), directory))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessageContaining("Operation not permitted");
    assertThatThrownBy(() -> Files.createLink(file, file))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> Files.createLink(root().resolve("e"), missing))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.createLink(missing.resolve("e"), file))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(Files.exists(root().resolve("e"))).isFalse();
  }

  @ContractTest
  @AsOnLinux
  void aHardLinkThatIsRefusedNamesBothPaths() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path missing = root().resolve("missing");
    Path link = root().resolve("l");

    assertThatThrownBy(() -> Files.createLink(link, missing)).hasMessage(link + " -> " + missing);
    assertThatThrownBy(() -> Files.createLink(missing.resolve("l"), file))
        .hasMessage(missing.resolve("l") + " -> " + file);
  }

  @ContractTest
  @AsOnLinux
  void aHardLinkStaysInItsFileSystem() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path elsewhere = rootOfAnother().resolve("link");

    assertThatThrownBy(() -> Files.createLink(elsewhere, file))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(elsewhere + " -> " + file + ": Invalid cross-device link");
    assertThat(Files.exists(elsewhere)).isFalse();
  }

  @ContractTest
  void toRealPathIsAbsoluteWithoutDotsAndLinks() throws IOException {
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
  void toRealPathThatFollowsNoLinksKeepsTheDotsAfterThem() throws IOException {
    Files.createDirectories(root().resolve("a/b"));
    Path link = Files.createSymbolicLink(root().resolve("l"), fileSystem().getPath("a/b"));
    Path real = root().toRealPath(LinkOption.NOFOLLOW_LINKS);

    assertThat(link.resolve("../b/.").toRealPath(LinkOption.NOFOLLOW_LINKS))
        .isEqualTo(real.resolve("l/../b"));
    assertThat(link.resolve("../b/..").toRealPath(LinkOption.NOFOLLOW_LINKS))
        .isEqualTo(real.resolve("l/.."));
  }

  @ContractTest
  void toRealPathOfARelativePathIsAbsolute() throws IOException {
    Path empty = fileSystem().getPath("");
    Path file = Files.createFile(root().resolve("f"));
    Path relative = empty.toAbsolutePath().relativize(file);

    for (LinkOption[] options : new LinkOption[][] {{}, {LinkOption.NOFOLLOW_LINKS}}) {
      assertThat(relative.toRealPath(options)).isEqualTo(file.toRealPath(options));
      assertThat(empty.toRealPath(options)).isEqualTo(empty.toAbsolutePath().toRealPath(options));
    }
  }

  @ContractTest
  void isSameFileLooksThroughLinksAndNames() throws IOException {
    Path file = Files.createFile(root().resolve("f"));
    Path other = Files.createFile(root().resolve("g"));
    Path link = Files.createSymbolicLink(root().resolve("l"), file);
    Path missing = root().resolve("missing");

    assertThat(Files.isSameFile(file, link)).isTrue();
    assertThat(Files.isSameFile(file, root().resolve("./f"))).isTrue();
    assertThat(Files.isSameFile(file, other)).isFalse();
    assertThat(Files.isSameFile(missing, missing)).isTrue();
    assertThatThrownBy(() -> Files.isSameFile(file, missing))
        .isInstanceOf(NoSuchFileException.class);
  }
}
