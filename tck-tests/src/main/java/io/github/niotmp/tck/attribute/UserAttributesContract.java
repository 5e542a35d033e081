package io.github.niotmp.tck.attribute;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract of user-defined attributes, on subjects that support them.
 *
 * @see UserDefinedFileAttributeView
 */
@Needs(Feature.USER_ATTRIBUTES_AS_ON_LINUX)
public class UserAttributesContract extends FileSystemContract {

  @BeforeEach
  void needsTheView() throws IOException {
    assumeTrue(
        Files.getFileStore(root()).supportsFileAttributeView("user"),
        "no user-defined attributes here");
  }

  @ContractTest
  void anyFileAndDirectoryHasThem() throws IOException {
    for (Path path : new Path[] {file(), Files.createDirectory(root().resolve("directory"))}) {
      assertThat(view(path).list()).isEmpty();
      view(path).write("name", bytes(1, 2));
      assertThat(view(path).list()).containsExactly("name");
      assertThat(Files.getAttribute(path, "user:name")).isEqualTo(new byte[] {1, 2});
    }
  }

  @ContractTest
  void writeTakesWhatRemainsInABufferOfAnyKind() throws IOException {
    Path file = file();
    ByteBuffer direct = ByteBuffer.allocateDirect(4).put(bytes(1, 2, 3, 4)).flip();
    for (ByteBuffer source : new ByteBuffer[] {bytes(1, 2, 3, 4), direct}) {
      source.position(1).limit(3);
      assertThat(view(file).write("name", source.slice().asReadOnlyBuffer())).isEqualTo(2);
      assertThat(view(file).write("name", source)).isEqualTo(2);
      assertThat(source.position()).isEqualTo(3);
      assertThat(Files.getAttribute(file, "user:name")).isEqualTo(new byte[] {2, 3});
    }
  }

  @ContractTest
  void writeReplacesTheValue() throws IOException {
    Path file = file();
    view(file).write("name", bytes(1, 2, 3));
    view(file).write("name", bytes(4));
    assertThat(view(file).size("name")).isOne();
    Files.setAttribute(file, "user:name", bytes());
    assertThat(view(file).size("name")).isZero();
    assertThat(view(file).read("name", bytes())).isZero();
  }

  @ContractTest
  void readFillsABufferOfAnyKindFromItsPosition() throws IOException {
    Path file = file();
    view(file).write("name", bytes(1, 2));
    for (ByteBuffer target : new ByteBuffer[] {bytes(0, 0, 0, 0), ByteBuffer.allocateDirect(4)}) {
      target.position(1);
      assertThat(view(file).read("name", target)).isEqualTo(2);
      assertThat(target.position()).isEqualTo(3);
      assertThat(target.flip()).isEqualTo(bytes(0, 1, 2));
    }
  }

  @ContractTest
  void readNeedsRoomForAllOfTheValue() throws IOException {
    Path file = file();
    view(file).write("name", bytes(1, 2));
    for (ByteBuffer target : new ByteBuffer[] {bytes(0), bytes()}) {
      assertThatExceptionOfType(FileSystemException.class)
          .isThrownBy(() -> view(file).read("name", target))
          .withMessage(
              file + ": Error reading extended attribute 'name': Insufficient space in buffer");
      assertThat(target.position()).isZero();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> view(file).read("name", bytes(0, 0).asReadOnlyBuffer()));
  }

  @ContractTest
  void absentAttributeIsAnError() throws IOException {
    Path file = file();
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(file).size("name"))
        .withMessageStartingWith(file.toString())
        .withMessageEndingWith("extended attribute 'name': No data available");
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(file).read("name", bytes(1)));
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> Files.getAttribute(file, "user:name"));
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(file).delete("name"))
        .withMessage(file + ": Unable to delete extended attribute 'name': No data available");
  }

  @ContractTest
  void namesHaveALengthAndAreNotEmpty() throws IOException {
    Path file = file();
    String longest = "n".repeat(250);
    view(file).write("\u00e9 %/", bytes(1));
    assertThat(view(file).list()).containsExactly("\u00e9 %/");
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(file).write(longest + "n", bytes()))
        .withMessage(file + ": 'user." + longest + "n' is too big");
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(file).size(longest + "n"))
        .withMessage(file + ": 'user." + longest + "n' is too big");
    view(file).write(longest, bytes(1));
    assertThat(view(file).size(longest)).isOne();
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(file).write("", bytes()));
    assertThatNullPointerException().isThrownBy(() -> view(file).size(null));
  }

  @ContractTest
  void byNameTheyAreReadTogether() throws IOException {
    Path file = file();
    Files.setAttribute(file, "user:a", new byte[] {1});
    Files.setAttribute(file, "user:b", bytes(2));
    assertThat(Files.readAttributes(file, "user:*")).containsOnlyKeys("a", "b");
    assertThat(Files.readAttributes(file, "user:a,b"))
        .containsEntry("a", new byte[] {1})
        .containsEntry("b", new byte[] {2});
    assertThatIllegalArgumentException().isThrownBy(() -> Files.readAttributes(file, "user:"));
    assertThatExceptionOfType(ClassCastException.class)
        .isThrownBy(() -> Files.setAttribute(file, "user:a", "text"));
    assertThatNullPointerException().isThrownBy(() -> Files.setAttribute(file, "user:a", null));
  }

  @ContractTest
  void aStarIsAllOfThemEvenWhereOneIsCalledSo() throws IOException {
    Path file = file();
    view(file).write("*", bytes(1));
    view(file).write("a", bytes(2));
    assertThat(Files.readAttributes(file, "user:*")).containsOnlyKeys("*", "a");
    assertThat(Files.readAttributes(file, "user:missing,*")).containsOnlyKeys("*", "a");
    assertThatIllegalArgumentException().isThrownBy(() -> Files.readAttributes(file, "user:,*"));
  }

  @ContractTest
  void givenAndReadArraysAreCopies() throws IOException {
    Path file = file();
    byte[] value = {1};
    Files.setAttribute(file, "user:name", value);
    value[0] = 2;
    byte[] read = (byte[]) Files.getAttribute(file, "user:name");
    read[0] = 3;
    assertThat(Files.getAttribute(file, "user:name")).isEqualTo(new byte[] {1});
  }

  @ContractTest
  void theyBelongToTheFileNotItsName() throws IOException {
    Path file = file();
    view(file).write("name", bytes(1));
    Path link = Files.createLink(root().resolve("link"), file);
    Path moved = Files.move(file, root().resolve("moved"));
    assertThat(view(moved).list()).containsExactly("name");
    assertThat(view(link).list()).containsExactly("name");
    assertThat(view(Files.copy(moved, root().resolve("plain"))).list()).isEmpty();
    assertThat(view(Files.copy(moved, root().resolve("copy"), COPY_ATTRIBUTES)).list())
        .containsExactly("name");
  }

  @ContractTest
  void symbolicLinkHasNoneOfItsOwn() throws IOException {
    Path file = file();
    view(file).write("name", bytes(1));
    Path link = Files.createSymbolicLink(root().resolve("link"), file.getFileName());
    assertThat(view(link).list()).containsExactly("name");
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(link, NOFOLLOW_LINKS).list());
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(link, NOFOLLOW_LINKS).write("name", bytes(1)));
    for (String name : new String[] {"name", "missing"}) {
      assertThatExceptionOfType(FileSystemException.class)
          .isThrownBy(() -> view(link, NOFOLLOW_LINKS).size(name))
          .withMessageContaining("Too many levels of symbolic links");
    }
  }

  @ContractTest
  void viewOfAMissingFileFailsAsItIsUsed() {
    Path missing = root().resolve("missing");
    UserDefinedFileAttributeView view = view(missing);
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(view::list)
        .withMessage(missing.toString());
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> view.write("name", bytes(1)));
  }

  private Path file() throws IOException {
    return Files.createFile(root().resolve("file"));
  }

  private static UserDefinedFileAttributeView view(Path path, LinkOption... options) {
    return Objects.requireNonNull(
        Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, options));
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    return bytes.flip();
  }
}
