package io.github.niotmp.tck.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names, link targets and user-defined attributes are counted while they are there. */
class MetadataMemoryTest {
  private FileSystem tmp;

  @BeforeEach
  void open() throws IOException {
    tmp = TmpFileSystems.open(Map.of("memoryBudget", 0));
  }

  @AfterEach
  void close() throws IOException {
    tmp.close();
  }

  private long counted() {
    return TmpFileSystems.usage(tmp).metadataBytes();
  }

  @Test
  void aNameCountsFromItsCreationToItsDeletion() throws IOException {
    Path file = Files.createFile(tmp.getPath("/file"));
    long one = counted();
    assertThat(one).isPositive();

    Path link = Files.createLink(tmp.getPath("/link"), file);
    Path directory = Files.createDirectory(tmp.getPath("/directory"));
    assertThat(counted()).isGreaterThan(2 * one);

    Files.delete(directory);
    Files.delete(link);
    assertThat(counted()).isEqualTo(one);
    Files.delete(file);
    assertThat(counted()).isZero();
  }

  @Test
  void aLongerNameCountsMore() throws IOException {
    Path file = Files.createFile(tmp.getPath("/f"));
    long one = counted();

    Path longer = Files.move(file, tmp.getPath("/" + "f".repeat(200)));
    assertThat(counted()).isGreaterThan(one + 100);

    Files.move(longer, file);
    assertThat(counted()).isEqualTo(one);
  }

  @Test
  void aReplacedFileCountsNoMore() throws IOException {
    Path file = Files.createFile(tmp.getPath("/file"));
    long one = counted();
    Path other = Files.createFile(tmp.getPath("/other"));
    Files.setAttribute(file, "user:key", ByteBuffer.allocate(1000));

    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

    assertThat(counted()).isEqualTo(one);
  }

  @Test
  void aLinkCountsItsTarget() throws IOException {
    Path shorter = Files.createSymbolicLink(tmp.getPath("/s"), tmp.getPath("t"));
    long one = counted();
    Files.delete(shorter);

    Files.createSymbolicLink(tmp.getPath("/s"), tmp.getPath("t/".repeat(1000)));
    assertThat(counted()).isGreaterThan(one + 2000);

    Files.delete(shorter);
    assertThat(counted()).isZero();
  }

  @Test
  void theUserDefinedAttributesOfAFileCountWhileTheyAreThere() throws IOException {
    checkUserDefinedAttributes(Files.createFile(tmp.getPath("/file")));
  }

  @Test
  void theUserDefinedAttributesOfADirectoryCountWhileTheyAreThere() throws IOException {
    checkUserDefinedAttributes(Files.createDirectory(tmp.getPath("/directory")));
  }

  private void checkUserDefinedAttributes(Path path) throws IOException {
    long bare = counted();
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);

    view.write("key", ByteBuffer.allocate(10_000));
    long one = counted();
    assertThat(one).isBetween(bare + 10_000, bare + 11_000);
    view.write("key", ByteBuffer.allocate(100));
    assertThat(counted()).isEqualTo(one - 9_900);
    view.write("other", ByteBuffer.allocate(100));
    view.delete("key");
    assertThat(counted()).isBetween(bare + 100, bare + 1_000);

    Files.delete(path);
    assertThat(counted()).isZero();
  }

  @Test
  void aCallThatFailsCountsNothing() throws IOException {
    Path file = Files.createFile(tmp.getPath("/file"));
    Path missing = tmp.getPath("/missing/x");
    long one = counted();

    assertThatIOException().isThrownBy(() -> Files.createFile(file));
    assertThatIOException().isThrownBy(() -> Files.createDirectory(missing));
    assertThatIOException().isThrownBy(() -> Files.createSymbolicLink(file, missing));
    assertThatIOException().isThrownBy(() -> Files.createLink(file, tmp.getPath("/missing")));
    assertThatIOException().isThrownBy(() -> Files.createLink(tmp.getPath("/l"), missing));
    assertThatIOException().isThrownBy(() -> Files.move(file, missing));
    assertThatIOException().isThrownBy(() -> Files.setAttribute(missing, "user:a", new byte[9]));

    assertThat(counted()).isEqualTo(one);
  }

  @Test
  void theReasonsOfRefusalsStayTheSame() throws IOException {
    Path file = Files.createFile(tmp.getPath("/file"));

    assertThatIOException()
        .isThrownBy(() -> Files.createLink(file, file))
        .isExactlyInstanceOf(FileAlreadyExistsException.class);
    assertThatIOException()
        .isThrownBy(() -> Files.createLink(tmp.getPath("/link"), tmp.getPath("/missing")))
        .isExactlyInstanceOf(NoSuchFileException.class);
  }
}
