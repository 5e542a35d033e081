package io.github.niotmp.tck.namespace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of copies, within one file system and between two.
 *
 * @see Files#copy(Path, Path, CopyOption...)
 * @see Files#copy(java.io.InputStream, Path, CopyOption...)
 * @see Files#copy(Path, java.io.OutputStream)
 * @see StandardCopyOption
 */
public class CopyContract extends FileSystemContract {
  private static final String COPY = "copy(Path,Path,CopyOption...)";
  private static final String COPY_IN = "copy(InputStream,Path,CopyOption...)";

  @TempDir Path elsewhere;

  @ContractTest
  @Required(
      by = Files.class,
      member = COPY,
      sentence =
          "This method copies a file to the target file with the options parameter specifying how"
              + " the copy is performed.")
  void aCopyHasTheSameBytesAndIsAnotherFile() throws IOException {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    Path source = Files.write(root().resolve("s"), bytes);

    Path copy = Files.copy(source, root().resolve("c"));

    assertThat(copy).isEqualTo(root().resolve("c"));
    assertThat(Files.readAllBytes(copy)).isEqualTo(bytes);
    assertThat(Files.isSameFile(source, copy)).isFalse();
    Files.writeString(source, "changed");
    assertThat(Files.size(copy)).isEqualTo(bytes.length);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = COPY,
      sentence =
          "By default, the copy fails if the target file already exists or is a symbolic link")
  void anExistingTargetIsNotReplacedWithoutTheOption() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path target = Files.writeString(root().resolve("t"), "old");
    Path directory = Files.createDirectory(root().resolve("d"));

    assertThatThrownBy(() -> Files.copy(source, target)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Files.copy(source, directory)).isInstanceOf(IOException.class);

    assertThat(Files.readString(target)).isEqualTo("old");
    assertThat(Files.isDirectory(directory)).isTrue();
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = COPY,
      sentence =
          "By default, the copy fails if the target file already exists or is a symbolic link")
  void aDanglingLinkIsNotReplacedWithoutTheOption() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path missing = root().resolve("missing");
    Path link = Files.createSymbolicLink(root().resolve("l"), missing);

    assertThatThrownBy(() -> Files.copy(source, link)).isInstanceOf(IOException.class);

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.exists(missing)).isFalse();
  }

  @ContractTest
  @AsOnLinux
  void anExistingTargetThrowsFileAlreadyExists() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path target = Files.writeString(root().resolve("t"), "old");

    assertThatThrownBy(() -> Files.copy(source, target))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = COPY,
      sentence = "Replace an existing file. A non-empty directory cannot be replaced.")
  void anExistingFileOrEmptyDirectoryIsReplacedWithTheOption() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path target = Files.writeString(root().resolve("t"), "the old one");
    Path empty = Files.createDirectory(root().resolve("empty"));

    Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(source, empty, StandardCopyOption.REPLACE_EXISTING);

    assertThat(Files.readString(source)).isEqualTo("new");
    assertThat(Files.readString(target)).isEqualTo("new");
    assertThat(Files.readString(empty)).isEqualTo("new");
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = COPY,
      sentence = "Replace an existing file. A non-empty directory cannot be replaced.")
  void aFullDirectoryIsNotReplaced() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path full = Files.createDirectory(root().resolve("full"));
    Path inside = Files.createFile(full.resolve("f"));

    assertThatThrownBy(() -> Files.copy(source, full, StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(IOException.class);

    assertThat(Files.exists(inside)).isTrue();
  }

  @ContractTest
  @AsOnLinux
  void replacingAFullDirectoryThrowsDirectoryNotEmpty() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path full = Files.createDirectory(root().resolve("full"));
    Files.createFile(full.resolve("f"));

    assertThatThrownBy(() -> Files.copy(source, full, StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(DirectoryNotEmptyException.class);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = COPY,
      sentence =
          "except if the source and target are the same file, in which case the method completes"
              + " without copying the file.")
  void aCopyOntoItselfDoesNothing() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");

    Files.copy(source, source);

    assertThat(Files.readString(source)).isEqualTo("text");
  }

  @ContractTest
  @Needs(Feature.HARD_LINKS)
  @Required(
      by = Files.class,
      member = COPY,
      sentence =
          "except if the source and target are the same file, in which case the method completes"
              + " without copying the file.")
  void aCopyOntoAHardLinkOfTheSourceDoesNothing() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");
    Path link = Files.createLink(root().resolve("l"), source);

    Files.copy(source, link);

    assertThat(Files.readString(source)).isEqualTo("text");
    assertThat(Files.isSameFile(source, link)).isTrue();
  }

  @ContractTest
  @Needs(Feature.HARD_LINKS)
  @AsOnLinux
  void aCopyOntoTheSameFileDoesNothingThoughItMayReplace() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");
    Path link = Files.createLink(root().resolve("l"), source);

    Files.copy(source, source, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(source, link, StandardCopyOption.REPLACE_EXISTING);

    assertThat(Files.readString(source)).isEqualTo("text");
    assertThat(Files.isSameFile(source, link)).isTrue();
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = COPY,
      sentence =
          "If the file is a directory then an empty directory is created in the target location"
              + " (entries in the directory are not copied).")
  void aDirectoryIsCopiedWithoutItsEntries() throws IOException {
    Path source = Files.createDirectory(root().resolve("s"));
    Files.createFile(source.resolve("f"));

    Path copy = Files.copy(source, root().resolve("c"));

    assertThat(Files.isDirectory(copy)).isTrue();
    try (Stream<Path> listing = Files.list(copy)) {
      assertThat(listing).isEmpty();
    }
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = COPY,
      sentence =
          "If symbolic links are supported, and the file is a symbolic link, then the final target"
              + " of the link is copied.")
  void aLinkIsFollowed() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "text");
    Path link = Files.createSymbolicLink(root().resolve("l"), file);

    Path copy = Files.copy(link, root().resolve("c"));

    assertThat(Files.isRegularFile(copy, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(Files.readString(copy)).isEqualTo("text");
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = COPY,
      sentence =
          "If the file is a symbolic link, then the symbolic link itself, not the target of the"
              + " link, is copied.")
  void aLinkIsCopiedItselfWithTheOption() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "text");
    Path link = Files.createSymbolicLink(root().resolve("l"), file);

    Path copy = Files.copy(link, root().resolve("c"), LinkOption.NOFOLLOW_LINKS);

    assertThat(Files.isSymbolicLink(copy)).isTrue();
    assertThat(Files.readSymbolicLink(copy)).isEqualTo(file);
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = COPY,
      sentence =
          "If the target file exists and is a symbolic link, then the symbolic link itself, not the"
              + " target of the link, is replaced.")
  void aLinkAsTargetIsReplacedAndNotFollowed() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path file = Files.writeString(root().resolve("f"), "old");
    Path link = Files.createSymbolicLink(root().resolve("l"), file);

    Files.copy(source, link, StandardCopyOption.REPLACE_EXISTING);

    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(Files.readString(link)).isEqualTo("new");
    assertThat(Files.readString(file)).isEqualTo("old");
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = COPY,
      sentence =
          "Minimally, the last-modified-time is copied to the target file if supported by both the"
              + " source and target file stores.")
  void theModificationTimeIsCopiedWithTheOption() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");
    FileTime time = Times.makeOld(source);

    Times.assertCopied(
        Files.copy(source, root().resolve("c"), StandardCopyOption.COPY_ATTRIBUTES), time);
  }

  @ContractTest
  @AsOnLinux
  void attributesAreCopiedOnlyWithTheOption() throws IOException {
    needsView("posix");
    needsView("user");
    Path source = Files.writeString(root().resolve("s"), "text");
    Files.setLastModifiedTime(source, FileTime.fromMillis(1_000_000));
    Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rwxr-x--x"));
    Files.setAttribute(source, "user:key", "value".getBytes(US_ASCII));

    Path with = Files.copy(source, root().resolve("w"), StandardCopyOption.COPY_ATTRIBUTES);
    Path without = Files.copy(source, root().resolve("o"));

    assertThat(Files.getLastModifiedTime(with)).isEqualTo(FileTime.fromMillis(1_000_000));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(with)))
        .isEqualTo("rwxr-x--x");
    assertThat(Files.getAttribute(with, "user:key")).isEqualTo("value".getBytes(US_ASCII));
    assertThat(Files.getLastModifiedTime(without)).isGreaterThan(FileTime.fromMillis(1_000_000));
    assertThat(Files.getFileAttributeView(without, UserDefinedFileAttributeView.class).list())
        .isEmpty();
  }

  @ContractTest
  @Needs(Feature.OWNER_IS_THE_USER)
  @AsOnLinux
  void aCopyOfADirectoryHasNoSetIdBitsUnlessAttributesAreCopied() throws IOException {
    needsView("unix");
    Path source = Files.createDirectory(root().resolve("s"));
    Files.setAttribute(source, "unix:mode", 07755);

    Path without = Files.copy(source, root().resolve("o"));
    Path with = Files.copy(source, root().resolve("w"), StandardCopyOption.COPY_ATTRIBUTES);

    assertThat(mode(without)).isEqualTo("1755");
    assertThat(mode(with)).isEqualTo("7755");
  }

  private static String mode(Path path) throws IOException {
    return Integer.toOctalString((int) Files.getAttribute(path, "unix:mode") & 07777);
  }

  static List<String> dosFlags() {
    return List.of("readonly", "hidden", "system", "archive");
  }

  @ContractTest(rows = "dosFlags")
  @AsOnLinux
  void aFlagOfDosIsCopiedWithTheOtherAttributes(String flag) throws IOException {
    needsView("dos");
    Path source = Files.createFile(root().resolve("s"));
    Files.setAttribute(source, "dos:" + flag, true);

    Path copy = Files.copy(source, root().resolve("c"), StandardCopyOption.COPY_ATTRIBUTES);

    assertThat(Files.readAttributes(copy, "dos:readonly,hidden,system,archive"))
        .isEqualTo(Files.readAttributes(source, "dos:readonly,hidden,system,archive"))
        .containsEntry(flag, true);
  }

  @ContractTest
  @Needs(Feature.OWNER_IS_THE_USER)
  @AsOnLinux
  void theOwnerIsCopiedWithTheOtherAttributesIfThatIsPermitted() throws IOException {
    needsView("unix");
    needsRoot();
    Path source = Files.writeString(root().resolve("s"), "text");
    Files.setAttribute(source, "unix:uid", 1);
    Files.setAttribute(source, "unix:gid", 2);
    Files.setAttribute(source, "unix:mode", 06750);

    Path with = Files.copy(source, root().resolve("w"), StandardCopyOption.COPY_ATTRIBUTES);
    Path without = Files.copy(source, root().resolve("o"));

    assertThat(Files.readAttributes(with, "unix:uid,gid,mode"))
        .containsEntry("uid", 1)
        .containsEntry("gid", 2)
        .containsEntry("mode", 0106750);
    assertThat(Files.getOwner(without)).isEqualTo(Files.getOwner(root()));
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = COPY,
      sentence = "if the array contains a copy option that is not supported")
  void anUnknownOptionIsRefused() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");
    CopyOption unknown = new CopyOption() {};

    assertThatThrownBy(() -> Files.copy(source, root().resolve("c"), unknown))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ContractTest
  @AsOnLinux
  void aCopyDoesNotTakeTheOptionOfAnAtomicMove() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");

    assertThatThrownBy(
            () -> Files.copy(source, root().resolve("c"), StandardCopyOption.ATOMIC_MOVE))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(Files.exists(root().resolve("c"))).isFalse();
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = COPY,
      sentence =
          "the path to the target file (may be associated with a different provider to the source"
              + " path)")
  void filesAreCopiedToAndFromTheDefaultFileSystem() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");

    Path out = Files.copy(source, elsewhere.resolve("o"));
    Path back = Files.copy(out, root().resolve("b"));

    assertThat(Files.readString(out)).isEqualTo("text");
    assertThat(Files.readString(back)).isEqualTo("text");
    assertThatThrownBy(() -> Files.copy(out, back)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Files.copy(source, out)).isInstanceOf(IOException.class);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = COPY,
      sentence =
          "Minimally, the last-modified-time is copied to the target file if supported by both the"
              + " source and target file stores.")
  void theModificationTimeIsCopiedToAndFromTheDefaultFileSystem() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");
    FileTime time = Times.makeOld(source);

    Path out = Files.copy(source, elsewhere.resolve("o"), StandardCopyOption.COPY_ATTRIBUTES);
    Path back = Files.copy(out, root().resolve("b"), StandardCopyOption.COPY_ATTRIBUTES);

    Times.assertCopied(out, time);
    Times.assertCopied(back, time);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = COPY,
      sentence =
          "This method copies a file to the target file with the options parameter specifying how"
              + " the copy is performed.")
  void aFileIsCopiedToAnotherFileSystem() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");

    Path copy = Files.copy(source, rootOfAnother().resolve("c"));

    assertThat(Files.readString(copy)).isEqualTo("text");
    assertThat(Files.readString(source)).isEqualTo("text");
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = COPY_IN,
      sentence =
          "Copies all bytes from an input stream to a file. On return, the input stream will be at"
              + " end of stream.")
  @Required(
      by = Files.class,
      member = "copy(Path,OutputStream)",
      sentence = "Copies all bytes from a file to an output stream.")
  void streamsAreCopiedToAndFromAFile() throws IOException {
    byte[] bytes = new byte[100_000];
    new Random(2).nextBytes(bytes);
    InputStream in = new ByteArrayInputStream(bytes);
    Path file = root().resolve("f");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(Files.copy(in, file)).isEqualTo(bytes.length);
    assertThat(in.read()).isEqualTo(-1);
    assertThat(Files.copy(file, out)).isEqualTo(bytes.length);

    assertThat(out.toByteArray()).isEqualTo(bytes);
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = COPY_IN,
      sentence =
          "By default, the copy fails if the target file already exists or is a symbolic link.")
  @Required(
      by = Files.class,
      member = COPY_IN,
      sentence =
          "If the REPLACE_EXISTING option is specified, and the target file already exists, then it"
              + " is replaced if it is not a non-empty directory.")
  void aStreamReplacesAFileOnlyWithTheOption() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "the old one");
    byte[] bytes = "new".getBytes(US_ASCII);

    assertThatThrownBy(() -> Files.copy(new ByteArrayInputStream(bytes), file))
        .isInstanceOf(IOException.class);
    assertThat(Files.readString(file)).isEqualTo("the old one");
    Files.copy(new ByteArrayInputStream(bytes), file, StandardCopyOption.REPLACE_EXISTING);

    assertThat(Files.readString(file)).isEqualTo("new");
  }
}
