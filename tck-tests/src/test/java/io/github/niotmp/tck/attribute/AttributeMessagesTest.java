package io.github.niotmp.tck.attribute;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages about attributes are those of the default provider on Linux. */
class AttributeMessagesTest {
  @TempDir Path host;

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void unknownNamesAreNamed(String storage) throws IOException {
    try (FileSystem fileSystem = open(storage)) {
      Path file = Files.createFile(fileSystem.getPath("/f"));

      assertThatThrownBy(() -> Files.readAttributes(file, "basic:nothing"))
          .hasMessage("'nothing' not recognized");
      assertThatThrownBy(() -> Files.readAttributes(file, "nothing:size"))
          .hasMessage("View 'nothing' not available");
      assertThatThrownBy(() -> Files.setAttribute(file, "size", 3L))
          .hasMessage("'basic:size' not recognized");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void ownersAndLinksAreRefusedWithTheReason(String storage) throws IOException {
    try (FileSystem fileSystem = open(storage)) {
      Path file = Files.createFile(fileSystem.getPath("/f"));
      Path link = Files.createSymbolicLink(fileSystem.getPath("/l"), file);
      GroupPrincipal group = (GroupPrincipal) Files.getAttribute(file, "posix:group");
      PosixFileAttributeView ofLink =
          Objects.requireNonNull(
              Files.getFileAttributeView(link, PosixFileAttributeView.class, NOFOLLOW_LINKS));

      assertThatThrownBy(() -> Files.setOwner(file, group))
          .hasMessage("'owner' parameter can't be a group");
      assertThatThrownBy(() -> ofLink.setPermissions(Set.of()))
          .hasMessageContaining("Too many levels of symbolic links");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void userDefinedAttributesAreNamed(String storage) throws IOException {
    try (FileSystem fileSystem = open(storage)) {
      Path file = Files.createFile(fileSystem.getPath("/f"));
      UserDefinedFileAttributeView view =
          Objects.requireNonNull(
              Files.getFileAttributeView(file, UserDefinedFileAttributeView.class));
      view.write("name", ByteBuffer.wrap(new byte[2]));
      String tooLong = "n".repeat(251);

      assertThatThrownBy(() -> view.read("name", ByteBuffer.allocate(1)))
          .hasMessage("/f: Error reading extended attribute 'name': Insufficient space in buffer");
      assertThatThrownBy(() -> view.size("other"))
          .hasMessageStartingWith("/f")
          .hasMessageEndingWith("extended attribute 'other': No data available");
      assertThatThrownBy(() -> view.delete("other"))
          .hasMessage("/f: Unable to delete extended attribute 'other': No data available");
      assertThatThrownBy(() -> view.size(tooLong))
          .hasMessage("/f: 'user." + tooLong + "' is too big");
    }
  }

  private FileSystem open(String storage) throws IOException {
    return FileSystems.newFileSystem(
        URI.create("tmp://attribute-messages-" + storage),
        Map.of("storage", storage, "directory", host));
  }
}
