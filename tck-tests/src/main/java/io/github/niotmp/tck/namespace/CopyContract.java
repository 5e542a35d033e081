package io.github.niotmp.tck.namespace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
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
 * The contract of copies, within one file system and to and from the default one.
 *
 * @see Files#copy(Path, Path, CopyOption...)
 * @see Files#copy(java.io.InputStream, Path, CopyOption...)
 * @see Files#copy(Path, java.io.OutputStream)
 * @see StandardCopyOption
 */
public class CopyContract extends FileSystemContract {
  @TempDir Path elsewhere;

  @ContractTest
  void aCopyHasTheBytesAndIsAnotherFile() throws IOException {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    Path source = Files.write(root().resolve("s"), bytes);

    Path copy = Files.copy(source, root().resolve("c"));

    assertThat(Files.readAllBytes(copy)).isEqualTo(bytes);
    assertThat(Files.isSameFile(source, copy)).isFalse();
    Files.writeString(source, "changed");
    assertThat(Files.size(copy)).isEqualTo(bytes.length);
  }

  @ContractTest
  void aTargetIsReplacedOnlyIfTheOptionSaysSo() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path target = Files.writeString(root().resolve("t"), "old");
    Path empty = Files.createDirectory(root().resolve("empty"));
    Path full = Files.createDirectory(root().resolve("full"));
    Files.createFile(full.resolve("f"));

    assertThatThrownBy(() -> Files.copy(source, target))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage(target.toString());
    assertThat(Files.readString(target)).isEqualTo("old");
    Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.readString(target)).isEqualTo("new");
    Files.copy(source, empty, StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.readString(empty)).isEqualTo("new");
    assertThatThrownBy(() -> Files.copy(source, full, StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(DirectoryNotEmptyException.class)
        .hasMessage(full.toString());
  }

  @ContractTest
  void aCopyOntoItselfDoesNothing() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");
    Path link = Files.createLink(root().resolve("l"), source);

    Files.copy(source, source);
    Files.copy(source, link);
    Files.copy(source, link, StandardCopyOption.REPLACE_EXISTING);

    assertThat(Files.readString(source)).isEqualTo("text");
    assertThat(Files.isSameFile(source, link)).isTrue();
  }

  @ContractTest
  void aDirectoryIsCopiedWithoutWhatIsInIt() throws IOException {
    Path source = Files.createDirectory(root().resolve("s"));
    Files.createFile(source.resolve("f"));

    Path copy = Files.copy(source, root().resolve("c"));

    try (Stream<Path> listing = Files.list(copy)) {
      assertThat(listing).isEmpty();
    }
  }

  @ContractTest
  void aLinkIsFollowedUnlessTheOptionSaysNotTo() throws IOException {
    Path file = Files.writeString(root().resolve("f"), "text");
    Path link = Files.createSymbolicLink(root().resolve("l"), file);

    Path content = Files.copy(link, root().resolve("content"));
    Path same = Files.copy(link, root().resolve("same"), LinkOption.NOFOLLOW_LINKS);

    assertThat(Files.isRegularFile(content, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(Files.readSymbolicLink(same)).isEqualTo(file);
  }

  @ContractTest
  void aLinkAsTargetIsReplacedAndNotFollowed() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "new");
    Path file = Files.writeString(root().resolve("f"), "old");
    Path link = Files.createSymbolicLink(root().resolve("l"), file);

    Files.copy(source, link, StandardCopyOption.REPLACE_EXISTING);

    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(Files.readString(file)).isEqualTo("old");
  }

  @ContractTest
  void attributesAreCopiedIfTheOptionSaysSo() throws IOException {
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
  void aCopyOfADirectoryHasNoSetIdBitsUnlessAttributesAreCopied() throws IOException {
    needsView("unix");
    Path source = Files.createDirectory(root().resolve("s"));
    Files.setAttribute(source, "unix:mode", 07755);

    Path without = Files.copy(source, root().resolve("o"));
    Path with = Files.copy(source, root().resolve("w"), StandardCopyOption.COPY_ATTRIBUTES);

    assertThat(mode(without)).isEqualTo(01755);
    assertThat(mode(with)).isEqualTo(07755);
  }

  private static int mode(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode") & 07777;
  }

  @ContractTest
  void eachFlagOfDosIsCopiedWithTheOtherAttributes() throws IOException {
    needsView("dos");
    for (String flag : List.of("readonly", "hidden", "system", "archive")) {
      Path source = Files.createFile(root().resolve(flag));
      Files.setAttribute(source, "dos:" + flag, true);

      Path with =
          Files.copy(source, root().resolve(flag + "-w"), StandardCopyOption.COPY_ATTRIBUTES);

      assertThat(Files.readAttributes(with, "dos:readonly,hidden,system,archive"))
          .isEqualTo(Files.readAttributes(source, "dos:readonly,hidden,system,archive"))
          .containsEntry(flag, true);
    }
  }

  @ContractTest
  @Needs(Feature.OWNER_IS_THE_USER)
  void theOwnerIsCopiedWithTheOtherAttributesWhereThatIsPermitted() throws IOException {
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
  void optionsThatAreNotForCopiesAreRefused() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");
    CopyOption unknown =
        new CopyOption() {
          @Override
          public String toString() {
            return "unknown";
          }
        };

    assertThatThrownBy(
            () -> Files.copy(source, root().resolve("c"), StandardCopyOption.ATOMIC_MOVE))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> Files.copy(source, root().resolve("c"), unknown))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(Files.exists(root().resolve("c"))).isFalse();
  }

  @ContractTest
  void whatIsMissingCannotBeCopied() {
    Path missing = root().resolve("missing");

    assertThatThrownBy(() -> Files.copy(missing, root().resolve("c")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(missing.toString());
  }

  @ContractTest
  void filesAreCopiedToAndFromTheDefaultFileSystem() throws IOException {
    Path source = Files.writeString(root().resolve("s"), "text");
    Files.setLastModifiedTime(source, FileTime.fromMillis(1_000_000));

    Path out = Files.copy(source, elsewhere.resolve("o"), StandardCopyOption.COPY_ATTRIBUTES);
    Path back = Files.copy(out, root().resolve("b"), StandardCopyOption.COPY_ATTRIBUTES);

    assertThat(Files.readString(out)).isEqualTo("text");
    assertThat(Files.readString(back)).isEqualTo("text");
    assertThat(Files.getLastModifiedTime(back)).isEqualTo(FileTime.fromMillis(1_000_000));
    assertThatThrownBy(() -> Files.copy(out, root().resolve("b")))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @ContractTest
  void streamsAreCopiedToAndFromAFile() throws IOException {
    byte[] bytes = new byte[100_000];
    new Random(2).nextBytes(bytes);
    Path file = root().resolve("f");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(Files.copy(new ByteArrayInputStream(bytes), file)).isEqualTo(bytes.length);
    assertThat(Files.copy(file, out)).isEqualTo(bytes.length);

    assertThat(out.toByteArray()).isEqualTo(bytes);
    assertThatThrownBy(() -> Files.copy(new ByteArrayInputStream(bytes), file))
        .isInstanceOf(FileAlreadyExistsException.class);
  }
}
