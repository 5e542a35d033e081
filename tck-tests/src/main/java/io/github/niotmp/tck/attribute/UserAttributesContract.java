package io.github.niotmp.tck.attribute;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract of user-defined attributes, on file systems and stores that support them.
 *
 * @see UserDefinedFileAttributeView
 */
public class UserAttributesContract extends FileSystemContract {

  /** Makes a buffer of a kind with these bytes. */
  private interface Allocation {
    ByteBuffer of(byte... bytes);
  }

  static Map<String, Allocation> buffers() {
    Map<String, Allocation> buffers = new LinkedHashMap<>();
    buffers.put("heap", bytes -> ByteBuffer.wrap(bytes.clone()));
    buffers.put("direct", bytes -> ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
    buffers.put(
        "slice",
        bytes -> {
          ByteBuffer buffer = ByteBuffer.allocate(bytes.length + 2);
          return buffer.position(1).limit(bytes.length + 1).slice().put(bytes).flip();
        });
    return buffers;
  }

  @BeforeEach
  void needsTheView() throws IOException {
    needsView("user");
    assumeTrue(
        Files.getFileStore(root()).supportsFileAttributeView("user"),
        "no user-defined attributes here");
  }

  @ContractTest
  @Required(
      by = UserDefinedFileAttributeView.class,
      member = "list()",
      sentence = "Returns a list containing the names of the user-defined attributes.")
  void theListHasTheNamesOfAllAttributes() throws IOException {
    Path file = file();
    assertThat(view(file).list()).isEmpty();

    view(file).write("one", bytes(1));
    view(file).write("two", bytes(2));

    assertThat(view(file).list()).containsExactlyInAnyOrder("one", "two");
  }

  @ContractTest
  @Required(
      by = UserDefinedFileAttributeView.class,
      member = "list()",
      sentence = "An unmodifiable list containing the names of the file's user-defined")
  void theListIsUnmodifiable() throws IOException {
    Path file = file();
    view(file).write("name", bytes(1));
    List<String> names = view(file).list();

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> names.add("another"));
  }

  @ContractTest
  @AsOnLinux
  void aDirectoryHasThem() throws IOException {
    Path directory = Files.createDirectory(root().resolve("directory"));
    assertThat(view(directory).list()).isEmpty();

    view(directory).write("name", bytes(1, 2));

    assertThat(view(directory).list()).containsExactly("name");
    assertThat(Files.getAttribute(directory, "user:name")).isEqualTo(new byte[] {1, 2});
  }

  @ContractTest(rows = "buffers")
  @Required(
      by = UserDefinedFileAttributeView.class,
      member = "write(String,ByteBuffer)",
      sentence =
          "The size of the value to transfer is r, where r is the number of bytes remaining in the"
              + " buffer, that is src.remaining().")
  void aWriteTakesTheRemainingBytes(Allocation allocation) throws IOException {
    Path file = file();
    ByteBuffer source = allocation.of((byte) 1, (byte) 2, (byte) 3, (byte) 4);
    source.position(1).limit(3);

    assertThat(view(file).write("name", source)).isEqualTo(2);

    assertThat(source.position()).isEqualTo(3);
    assertThat(source.limit()).isEqualTo(3);
    assertThat(Files.getAttribute(file, "user:name")).isEqualTo(new byte[] {2, 3});
  }

  @ContractTest
  @Required(
      by = UserDefinedFileAttributeView.class,
      member = "write(String,ByteBuffer)",
      sentence = "Writes the value of a user-defined attribute from a buffer.")
  void aWriteAcceptsAReadOnlyBuffer() throws IOException {
    Path file = file();

    assertThat(view(file).write("name", bytes(1, 2).asReadOnlyBuffer())).isEqualTo(2);

    assertThat(Files.getAttribute(file, "user:name")).isEqualTo(new byte[] {1, 2});
  }

  @ContractTest
  @Required(
      by = UserDefinedFileAttributeView.class,
      member = "write(String,ByteBuffer)",
      sentence = "If an attribute of the given name already exists then its value is replaced.")
  @Required(
      by = UserDefinedFileAttributeView.class,
      member = "size(String)",
      sentence = "The size of the attribute value, in bytes.")
  void aWriteReplacesTheValue() throws IOException {
    Path file = file();
    view(file).write("name", bytes(1, 2, 3));
    assertThat(view(file).size("name")).isEqualTo(3);

    view(file).write("name", bytes(4));

    assertThat(view(file).size("name")).isOne();
    assertThat(view(file).list()).containsExactly("name");
    assertThat(Files.getAttribute(file, "user:name")).isEqualTo(new byte[] {4});
  }

  @ContractTest
  @AsOnLinux
  void aValueMayBeEmpty() throws IOException {
    Path file = file();
    Files.setAttribute(file, "user:name", bytes());

    assertThat(view(file).size("name")).isZero();
    assertThat(view(file).read("name", bytes())).isZero();
  }

  @ContractTest(rows = "buffers")
  @Required(
      by = UserDefinedFileAttributeView.class,
      member = "read(String,ByteBuffer)",
      sentence =
          "Upon return the buffer's position will be equal to p + n; its limit will not have"
              + " changed.")
  void aReadFillsABufferFromItsPosition(Allocation allocation) throws IOException {
    Path file = file();
    view(file).write("name", bytes(1, 2));
    ByteBuffer target = allocation.of((byte) 0, (byte) 0, (byte) 0, (byte) 0);
    target.position(1);

    assertThat(view(file).read("name", target)).isEqualTo(2);

    assertThat(target.position()).isEqualTo(3);
    assertThat(target.limit()).isEqualTo(4);
    assertThat(target.flip()).isEqualTo(bytes(0, 1, 2));
  }

  @ContractTest
  @Required(
      by = UserDefinedFileAttributeView.class,
      member = "read(String,ByteBuffer)",
      sentence =
          "If an I/O error occurs or there is insufficient space in the destination buffer for the"
              + " attribute value")
  void aReadNeedsSpaceForTheWholeValue() throws IOException {
    Path file = file();
    view(file).write("name", bytes(1, 2));

    for (ByteBuffer target : new ByteBuffer[] {bytes(0), bytes()}) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> view(file).read("name", target));
      assertThat(target.position()).isZero();
    }
  }

  @ContractTest
  @Required(
      by = UserDefinedFileAttributeView.class,
      member = "read(String,ByteBuffer)",
      sentence = "If the destination buffer is read-only")
  void aReadIntoAReadOnlyBufferIsRefused() throws IOException {
    Path file = file();
    view(file).write("name", bytes(1, 2));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> view(file).read("name", bytes(0, 0).asReadOnlyBuffer()));
  }

  @ContractTest
  @Required(
      by = UserDefinedFileAttributeView.class,
      member = "delete(String)",
      sentence = "If an I/O error occurs or the attribute does not exist")
  void anAttributeIsDeletedOnce() throws IOException {
    Path file = file();
    view(file).write("name", bytes(1));
    view(file).write("other", bytes(1));

    view(file).delete("name");

    assertThat(view(file).list()).containsExactly("other");
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> view(file).delete("name"));
  }

  @ContractTest
  @AsOnLinux
  void anAbsentAttributeCannotBeRead() throws IOException {
    Path file = file();
    assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> view(file).size("name"));
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(file).read("name", bytes(1)));
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> Files.getAttribute(file, "user:name"));
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(file).delete("name"));
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.USER_ATTRIBUTES_AS_ON_LINUX)
  void namesHaveALengthAndAreNotEmpty() throws IOException {
    Path file = file();
    String longest = "n".repeat(250);
    view(file).write("\u00e9 %/", bytes(1));
    assertThat(view(file).list()).containsExactly("\u00e9 %/");
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(file).write(longest + "n", bytes()));
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(file).size(longest + "n"));
    view(file).write(longest, bytes(1));
    assertThat(view(file).size(longest)).isOne();
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(file).write("", bytes()));
    assertThatNullPointerException().isThrownBy(() -> view(file).size(null));
  }

  @ContractTest
  @Required(
      by = UserDefinedFileAttributeView.class,
      sentence =
          "The setAttribute method may be used to write the value of a user-defined attribute from"
              + " a buffer (as if by invoking the write method), or byte array (byte[]).")
  @Required(
      by = UserDefinedFileAttributeView.class,
      sentence = "The attribute value is returned as a byte array (byte[]).")
  void attributesAreSetAndReadByName() throws IOException {
    Path file = file();
    Files.setAttribute(file, "user:a", new byte[] {1});
    Files.setAttribute(file, "user:b", bytes(2));

    assertThat(Files.getAttribute(file, "user:a")).isEqualTo(new byte[] {1});
    assertThat(Files.getAttribute(file, "user:b")).isEqualTo(new byte[] {2});
    assertThat(Files.readAttributes(file, "user:*")).containsOnlyKeys("a", "b");
    assertThat(Files.readAttributes(file, "user:a,b"))
        .containsEntry("a", new byte[] {1})
        .containsEntry("b", new byte[] {2});
  }

  @ContractTest
  @Required(
      by = Files.class,
      member = "setAttribute(Path,String,Object,LinkOption...)",
      sentence = "if the attribute value is not of the expected type")
  void aValueOfAnotherTypeIsRefused() throws IOException {
    Path file = file();
    assertThatExceptionOfType(ClassCastException.class)
        .isThrownBy(() -> Files.setAttribute(file, "user:a", "text"));
    assertThat(view(file).list()).isEmpty();
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.USER_ATTRIBUTES_AS_ON_LINUX)
  void emptyNamesAndNullAreRefused() throws IOException {
    Path file = file();
    assertThatIllegalArgumentException().isThrownBy(() -> Files.readAttributes(file, "user:"));
    assertThatNullPointerException().isThrownBy(() -> Files.setAttribute(file, "user:a", null));
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.USER_ATTRIBUTES_AS_ON_LINUX)
  void aStarReadsAllEvenIfOneIsNamedStar() throws IOException {
    Path file = file();
    view(file).write("*", bytes(1));
    view(file).write("a", bytes(2));
    assertThat(Files.readAttributes(file, "user:*")).containsOnlyKeys("*", "a");
    assertThat(Files.readAttributes(file, "user:missing,*")).containsOnlyKeys("*", "a");
    assertThatIllegalArgumentException().isThrownBy(() -> Files.readAttributes(file, "user:,*"));
  }

  @ContractTest
  @Required(
      by = UserDefinedFileAttributeView.class,
      sentence =
          "The setAttribute method may be used to write the value of a user-defined attribute from"
              + " a buffer (as if by invoking the write method), or byte array (byte[]).")
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
  @AsOnLinux
  @Needs(Feature.HARD_LINKS)
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
  @Needs(Feature.SYMBOLIC_LINKS)
  @Required(
      by = Files.class,
      member = "getFileAttributeView(Path,Class,LinkOption...)",
      sentence = "By default, symbolic links are followed.")
  void aLinkShowsTheAttributesOfItsTarget() throws IOException {
    Path file = file();
    view(file).write("name", bytes(1));
    Path link = Files.createSymbolicLink(root().resolve("link"), file.getFileName());

    assertThat(view(link).list()).containsExactly("name");
    assertThat(Files.getAttribute(link, "user:name")).isEqualTo(new byte[] {1});
  }

  @ContractTest
  @AsOnLinux
  @Needs({Feature.SYMBOLIC_LINKS, Feature.USER_ATTRIBUTES_AS_ON_LINUX})
  void aLinkHasNoneOfItsOwn() throws IOException {
    Path link = Files.createSymbolicLink(root().resolve("link"), file().getFileName());
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(link, NOFOLLOW_LINKS).list());
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(link, NOFOLLOW_LINKS).write("name", bytes(1)));
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> view(link, NOFOLLOW_LINKS).size("name"));
  }

  @ContractTest
  @Required(
      by = UserDefinedFileAttributeView.class,
      member = "write(String,ByteBuffer)",
      sentence = "If an I/O error occurs")
  void attributesOfAMissingFileAreRefused() {
    UserDefinedFileAttributeView view = view(root().resolve("missing"));
    assertThatExceptionOfType(IOException.class).isThrownBy(view::list);
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> view.write("name", bytes(1)));
    assertThat(Files.exists(root().resolve("missing"))).isFalse();
  }

  @ContractTest
  @AsOnLinux
  void aMissingFileIsNamed() {
    Path missing = root().resolve("missing");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(view(missing)::list)
        .satisfies(e -> assertThat(e.getFile()).isEqualTo(missing.toString()));
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> view(missing).write("name", bytes(1)));
  }

  private Path file() throws IOException {
    return Files.createFile(root().resolve("file"));
  }

  private static UserDefinedFileAttributeView view(Path path, LinkOption... options) {
    return view(path, UserDefinedFileAttributeView.class, options);
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    return bytes.flip();
  }
}
