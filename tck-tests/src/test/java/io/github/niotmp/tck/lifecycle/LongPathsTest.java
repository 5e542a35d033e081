package io.github.niotmp.tck.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a path may be, beside the default provider. */
class LongPathsTest {
  private static final int LONGEST = 4095;
  private static final String TOO_LONG = "File name too long";

  @TempDir Path host;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private FileSystem tmp;

  @BeforeEach
  void open() throws IOException {
    tmp = TmpFileSystems.open(Map.of());
  }

  @AfterEach
  void close() throws IOException {
    tmp.close();
  }

  /** Each call that looks a path up; {@code file} exists beside it. */
  @SuppressWarnings("ImmutableEnumChecker") // the calls hold nothing
  enum Call {
    SIZE((path, file) -> Files.size(path)),
    ATTRIBUTES((path, file) -> Files.readAttributes(path, BasicFileAttributes.class).size()),
    SOME_ATTRIBUTES((path, file) -> Files.readAttributes(path, "size")),
    PERMISSIONS((path, file) -> Files.getPosixFilePermissions(path)),
    EXISTS((path, file) -> Files.exists(path)),
    NOT_EXISTS((path, file) -> Files.notExists(path)),
    EXISTS_ITSELF((path, file) -> Files.exists(path, LinkOption.NOFOLLOW_LINKS)),
    IS_READABLE((path, file) -> Files.isReadable(path)),
    IS_DIRECTORY((path, file) -> Files.isDirectory(path)),
    CREATE_FILE((path, file) -> Files.createFile(path)),
    CREATE_DIRECTORY((path, file) -> Files.createDirectory(path)),
    CREATE_DIRECTORIES((path, file) -> Files.isDirectory(Files.createDirectories(path))),
    READ((path, file) -> Files.readAllBytes(path)),
    WRITE((path, file) -> Files.write(path, new byte[1])),
    CHANNEL((path, file) -> FileChannel.open(path, StandardOpenOption.READ)),
    LIST((path, file) -> Files.newDirectoryStream(path)),
    DELETE(
        (path, file) -> {
          Files.delete(path);
          return "deleted";
        }),
    DELETE_IF_EXISTS((path, file) -> Files.deleteIfExists(path)),
    READ_LINK((path, file) -> Files.readSymbolicLink(path)),
    CREATE_SYMBOLIC_LINK((path, file) -> Files.createSymbolicLink(path, file)),
    CREATE_LINK((path, file) -> Files.createLink(path, file)),
    CREATE_LINK_TO((path, file) -> Files.createLink(file.resolveSibling("link"), path)),
    COPY((path, file) -> Files.copy(path, file.resolveSibling("copy"))),
    COPY_TO((path, file) -> Files.copy(file, path)),
    MOVE((path, file) -> Files.move(path, file.resolveSibling("moved"))),
    MOVE_TO((path, file) -> Files.move(file, path)),
    REAL_PATH((path, file) -> path.toRealPath()),
    REAL_PATH_ITSELF((path, file) -> path.toRealPath(LinkOption.NOFOLLOW_LINKS)),
    SET_TIME((path, file) -> Files.setLastModifiedTime(path, FileTime.fromMillis(0))),
    SAME_FILE((path, file) -> Files.isSameFile(path, file)),
    FILE_STORE((path, file) -> Files.getFileStore(path));

    private final Use use;

    Call(Use use) {
      this.use = use;
    }

    String outcome(Path path, Path file) {
      try {
        return String.valueOf(use.of(path, file)).replaceAll("/.*", "path");
      } catch (NoSuchFileException e) {
        return "missing"; // the answer to checkAccess is of a subclass
      } catch (FileSystemException e) {
        return e.getClass().getName() + ": " + e.getReason();
      } catch (IOException e) {
        return e.getClass().getName();
      }
    }
  }

  @FunctionalInterface
  private interface Use {
    Object of(Path path, Path file) throws IOException;
  }

  /** Returns a path below {@code directory} that takes so many bytes in all, given in UTF-8. */
  private static Path pathOf(Path directory, int bytes, String letter, int bytesOfLetter) {
    int left = bytes - directory.toString().length();
    StringBuilder text = new StringBuilder(directory.toString());
    while (left > 250) {
      text.append('/').append(letter.repeat(200 / bytesOfLetter));
      left -= 1 + 200 / bytesOfLetter * bytesOfLetter;
    }
    return directory.getFileSystem().getPath(text + "/" + "x".repeat(left - 1));
  }

  @EnabledOnOs(OS.LINUX)
  @ParameterizedTest
  @EnumSource
  void eachCallAnswersAsTheDefaultProviderDoes(Call call) throws IOException {
    Path directory = Files.createDirectory(tmp.getPath("/directory"));
    Path file = Files.createFile(directory.resolve("file"));
    Path onHost = Files.createFile(host.resolve("file"));
    for (int bytes = LONGEST - 1; bytes <= LONGEST + 1; bytes++) {
      assertThat(call.outcome(pathOf(directory, bytes, "a", 1), file))
          .as("of a path of " + bytes + " bytes")
          .isEqualTo(call.outcome(pathOf(host, bytes, "a", 1), onHost));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\u00fc", "\u65e5", "\ud83d\ude00"})
  void aPathIsMeasuredInBytes(String letter) throws IOException {
    int bytes = letter.getBytes(UTF_8).length;
    Path directory = Files.createDirectory(tmp.getPath("/directory"));

    assertThatThrownBy(() -> Files.size(pathOf(directory, LONGEST + 1, letter, bytes)))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessageEndingWith(TOO_LONG);
    assertThat(Files.notExists(pathOf(directory, LONGEST, letter, bytes))).isTrue();
    Path made = directory;
    for (Path name : directory.relativize(pathOf(directory, LONGEST, letter, bytes))) {
      made = made.resolve(name); // of names, not of text
    }
    assertThat(Files.notExists(made)).isTrue();
    Path longer = made.resolveSibling(made.getFileName() + "x");
    Path ofNames = requireNonNull(longer.getParent()).resolve(longer.getFileName());
    assertThatThrownBy(() -> Files.size(ofNames)).hasMessageEndingWith(TOO_LONG);
  }

  @Test
  void aRelativePathCountsAsItWasGiven() {
    String relative = "a/".repeat(LONGEST / 2) + "b";

    assertThat(Files.notExists(tmp.getPath(relative))).isTrue();
    assertThatThrownBy(() -> Files.size(tmp.getPath(relative).toAbsolutePath()))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessageEndingWith(TOO_LONG);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLinkHoldsATargetOf4095BytesAndNoLongerOne(boolean longPaths) throws IOException {
    try (FileSystem fileSystem = TmpFileSystems.open(TmpSettings.defaults().longPaths(longPaths))) {
      Path link = fileSystem.getPath("/link");
      Path target = fileSystem.getPath("a/".repeat(LONGEST / 2) + "b");
      Path longer = fileSystem.getPath("/", target.toString());
      Path longerInBytes = fileSystem.getPath("\u00fc/".repeat(LONGEST / 3) + "x");

      for (Path refused : List.of(longer, longerInBytes)) {
        assertThatThrownBy(() -> Files.createSymbolicLink(link, refused))
            .isExactlyInstanceOf(FileSystemException.class)
            .hasMessage("/link: " + TOO_LONG);
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
      }
      Files.createSymbolicLink(link, target);
      assertThat(Files.readSymbolicLink(link)).isEqualTo(target);
    }
  }

  @Test
  @SuppressWarnings("StreamResourceLeak") // each is closed once the next is open
  void aTreeThatWasMovedIsReachedFromOpenDirectoriesAndGoesAsTheFileSystemCloses()
      throws IOException {
    String name = "n".repeat(200);
    for (int level = 0; level < 30; level++) {
      Path outer = Files.createDirectory(tmp.getPath("/outer"));
      if (level > 0) {
        Files.move(tmp.getPath("/" + name), outer.resolve(name));
      } else {
        Files.createFile(outer.resolve("file"));
      }
      Files.move(outer, tmp.getPath("/" + name));
    }
    Path below = tmp.getPath(("/" + name).repeat(30), "file");
    assertThat(Files.exists(below)).isFalse();
    assertThatThrownBy(() -> Files.delete(below)).hasMessageEndingWith(TOO_LONG);

    SecureDirectoryStream<Path> here = secure(Files.newDirectoryStream(tmp.getPath("/")));
    for (int level = 0; level < 30; level++) {
      SecureDirectoryStream<Path> next = here.newDirectoryStream(tmp.getPath(name));
      here.close();
      here = next;
    }
    here.deleteFile(tmp.getPath("file"));
    here.close();
    assertThat(TmpFileSystems.usage(tmp).files()).isZero();
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream) {
    return (SecureDirectoryStream<Path>) stream;
  }

  @Test
  void withTheSettingPathsAreAsLongAsTheyAre() throws IOException {
    try (FileSystem deep = TmpFileSystems.open(TmpSettings.defaults().longPaths(true))) {
      Path all = Files.createDirectories(deep.getPath("/" + "a/".repeat(3_000)));
      Files.writeString(all.resolve("file"), "deep");

      assertThat(Files.readString(all.resolve("file"))).isEqualTo("deep");
      assertThat(all.toRealPath()).isEqualTo(all);
      assertThat(deep.getPath("/" + "a/b/../".repeat(2_000) + "x").normalize())
          .isEqualTo(deep.getPath("/" + "a/".repeat(2_000) + "x"));
      List<Path> found;
      try (Stream<Path> walk = Files.walk(deep.getPath("/a"))) {
        found = walk.sorted(Comparator.comparing(Path::getNameCount).reversed()).toList();
      }
      assertThat(found).hasSize(3_001);
      for (Path path : found) {
        Files.delete(path);
      }
    }
  }
}
