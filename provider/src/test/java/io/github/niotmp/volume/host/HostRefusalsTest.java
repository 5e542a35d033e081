package io.github.niotmp.volume.host;

import static io.github.niotmp.volume.host.TestVolume.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.account.Accounts;
import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.FileAttributes;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that a host with fewer attributes, or with other names, refuses or answers itself. */
class HostRefusalsTest {
  private static final OpenMode DELETE_ON_CLOSE =
      new OpenMode(true, true, false, false, true, false, true, false, true);

  private final FileSystem windows =
      Jimfs.newFileSystem(
          Configuration.windows().toBuilder().setAttributeViews("basic", "dos").build());

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Path host;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private TestVolume volume;

  @BeforeEach
  void open() throws IOException {
    host = Files.createDirectory(windows.getRootDirectories().iterator().next().resolve("host"));
    volume = new TestVolume(host);
    volume.create("/file").close();
  }

  @AfterEach
  void close() throws IOException {
    volume.close();
    assertThat(host).isEmptyDirectory();
    windows.close();
  }

  @Test
  void ownersAreThoseOfThisProcessOnAHostWithoutOwners() throws IOException {
    FileAttributes attributes = volume.root.readAttributes(path("/file"), true);

    assertThat(attributes.owner()).isEqualTo(Accounts.user());
    assertThat(attributes.group()).isEqualTo(Accounts.group());
  }

  @Test
  void aLinkHasNoFlagsOfDos() throws IOException {
    volume.root.createSymbolicLink(path("/link"), path("file"), List.of());
    volume.root.change(path("/file"), true, new AttributeChange.Dos(null, true, null, null));

    assertThat(volume.root.readAttributes(path("/file"), true).isHidden()).isTrue();
    assertThat(volume.root.readAttributes(path("/link"), false).isHidden()).isFalse();
  }

  @Test
  void aFileHasNoFlagsOfDosOnAHostWithoutThem() throws IOException {
    try (FileSystem unix = Jimfs.newFileSystem(Configuration.unix());
        TestVolume without = new TestVolume(Files.createDirectory(unix.getPath("/host")))) {
      without.create("/file").close();

      assertThat(without.root.readAttributes(path("/file"), true).isReadOnly()).isFalse();
    }
  }

  @Test
  void aFileIsNotCreatedWithPermissionsThatTheHostDoesNotHave() {
    List<AttributeChange> mode = List.of(new AttributeChange.Mode(0640));
    OpenMode create = new OpenMode(true, true, false, false, true, false, false, false, true);

    assertThatThrownBy(() -> volume.root.open(path("/new"), create, mode))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("The host has no permissions");

    assertThat(volume.root.exists(path("/new"), false)).isFalse();
  }

  @Test
  void attributesThatTheHostDoesNotHaveAreNamed() throws IOException {
    try (FileSystem unix = Jimfs.newFileSystem(Configuration.unix());
        TestVolume without = new TestVolume(Files.createDirectory(unix.getPath("/host")))) {
      without.create("/file").close();
      refuses(without, new AttributeChange.Dos(null, true, null, null), "flags of DOS");
      refuses(without, new AttributeChange.User("name", new byte[1]), "user-defined attributes");
      refuses(without, new AttributeChange.Owner(() -> "root", null), "owners");
    }
  }

  private static void refuses(TestVolume without, AttributeChange change, String what) {
    assertThatThrownBy(() -> without.root.change(path("/file"), true, change))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("The host has no " + what);
  }

  @Test
  void aNameThatTheHostWouldSplitIsRefused() {
    assertThatThrownBy(() -> volume.create("/a\\b"))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("/a\\b: The host cannot have this name: it would parse it as several names");
  }

  private static List<AttributeChange> attributesOfFiles() {
    return List.of(
        new AttributeChange.SpoolThreshold(1),
        new AttributeChange.MaxFileSize(1),
        new AttributeChange.RollOver());
  }

  @ParameterizedTest
  @MethodSource("attributesOfFiles")
  void aDirectoryIsNotCreatedWithAnAttributeOfFiles(AttributeChange change) {
    assertThatThrownBy(() -> volume.root.createDirectory(path("/d"), List.of(change)))
        .isInstanceOf(UnsupportedOperationException.class);

    assertThat(volume.root.exists(path("/d"), false)).isFalse();
  }

  @Test
  void aDirectoryIsForcedThoughTheHostOpensNone() throws IOException {
    volume.root.createDirectory(path("/d"), List.of());
    try (OpenFile directory =
        volume.root.open(path("/d"), OpenMode.existing(true, false), List.of())) {
      directory.force(true);

      assertThat(directory.size()).isNotNegative();
      assertThat(directory.isNamed(path("/d"))).isTrue();
      assertThatThrownBy(() -> directory.read(ByteBuffer.allocate(1), 0))
          .hasMessage("/d: Is a directory");
      assertThatThrownBy(() -> directory.map(Mapping.buffer(MapMode.READ_ONLY, 0, 1)))
          .hasMessage("/d: Is a directory");
    }
    assertThat(volume.root.exists(path("/d"), false)).isTrue();
  }

  @Test
  void aLinkToTheRootIsFollowed() throws IOException {
    volume.root.createSymbolicLink(path("/link"), path("/"), List.of());

    assertThat(volume.root.openDirectory(path("/link"), true).names())
        .toIterable()
        .containsExactlyInAnyOrder("file", "link");
  }

  @Test
  void deleteOnCloseFollowsNoLink() throws IOException {
    volume.root.createSymbolicLink(path("/link"), path("file"), List.of());

    assertThatThrownBy(() -> volume.root.open(path("/link"), DELETE_ON_CLOSE, List.of()))
        .isInstanceOf(FileSystemException.class);

    assertThat(volume.root.exists(path("/file"), false)).isTrue();
    assertThat(volume.root.exists(path("/link"), false)).isTrue();
  }

  @Test
  void anEmptyBufferReadsAndWritesNoByteAtAnyPosition() throws IOException {
    try (OpenFile file = volume.create("/file")) {
      assertThat(file.read(ByteBuffer.allocate(0), 10)).isZero();
      file.write(ByteBuffer.allocate(0), 10);

      assertThat(file.size()).isZero();
    }
  }
}
