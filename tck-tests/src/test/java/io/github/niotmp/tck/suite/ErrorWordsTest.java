package io.github.niotmp.tck.suite;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.FileSystemsUnderTest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/**
 * The exceptions of {@code tmp:} have the classes, paths and reasons of those of the default
 * provider on Linux.
 */
@FileSystemsUnderTest({SpooledSubject.DefaultThreshold.class, HostSubject.OnDisk.class})
class ErrorWordsTest extends FileSystemContract {
  private static final String LONG = "x".repeat(256);

  /**
   * A call that fails.
   *
   * @param words the class and the message of its exception, with ROOT for the path of the root
   */
  private record Failure(Call call, String words) {}

  /** A call on the files below a root. */
  @FunctionalInterface
  private interface Call {
    void in(Path root) throws IOException;
  }

  @BeforeEach
  void createFiles() throws IOException {
    Files.writeString(root().resolve("f"), "text");
    Files.writeString(root().resolve("g"), "text");
    Files.createDirectory(root().resolve("d"));
    Files.createDirectory(root().resolve("e"));
    Files.createDirectories(root().resolve("full/child"));
    Files.createSymbolicLink(root().resolve("link"), root().resolve("f"));
    Files.createSymbolicLink(root().resolve("one"), root().resolve("two"));
    Files.createSymbolicLink(root().resolve("two"), root().resolve("one"));
  }

  @SuppressWarnings("StreamResourceLeak") // the call fails
  static Map<String, Failure> failures() {
    Map<String, Failure> all = new LinkedHashMap<>();
    put(all, "FileAlreadyExistsException: ROOT/d", r -> Files.createDirectory(r.resolve("d")));
    put(all, "FileAlreadyExistsException: ROOT/f", r -> Files.createFile(r.resolve("f")));
    put(all, "NoSuchFileException: ROOT/m/d", r -> Files.createDirectory(r.resolve("m/d")));
    put(
        all,
        "FileSystemException: ROOT/f/d: Not a directory",
        r -> Files.createDirectory(r.resolve("f/d")));
    put(
        all,
        "FileSystemException: ROOT/f/g: Not a directory",
        r -> Files.createFile(r.resolve("f/g")));
    put(
        all,
        "FileSystemException: ROOT/f/../m: Not a directory",
        r -> Files.createDirectory(r.resolve("f/../m")));
    put(all, "DirectoryNotEmptyException: ROOT/full", r -> Files.delete(r.resolve("full")));
    put(all, "NoSuchFileException: ROOT/m", r -> Files.delete(r.resolve("m")));
    put(
        all,
        "read: FileSystemException: ROOT/d: Is a directory",
        r -> Files.readAllBytes(r.resolve("d")));
    put(
        all,
        "FileSystemException: ROOT/d: Is a directory",
        r -> Files.newOutputStream(r.resolve("d")).close());
    put(
        all,
        "FileSystemException: ROOT/d/.: Is a directory",
        r -> Files.newOutputStream(r.resolve("d/.")).close());
    put(
        all,
        "FileSystemException: ROOT/" + LONG + ": File name too long",
        r -> Files.createFile(r.resolve(LONG)));
    put(
        all,
        "NotDirectoryException: ROOT/f",
        r -> Files.newDirectoryStream(r.resolve("f")).close());
    moves(all);
    copies(all);
    links(all);
    openDirectories(all);
    put(
        all,
        "UnsupportedOperationException: Syntax 'sql' not recognized",
        r -> r.getFileSystem().getPathMatcher("sql:%"));
    return all;
  }

  private static void moves(Map<String, Failure> all) {
    move(all, "FileAlreadyExistsException: ROOT/g", "f", "g");
    move(all, "NoSuchFileException: ROOT/m", "m", "t");
    move(all, "NoSuchFileException: ROOT/n", "n", "m/t");
    move(all, "FileSystemException: ROOT/f/x: Not a directory", "f/x", "t");
    move(all, "FileSystemException: ROOT/f -> ROOT/f/x: Not a directory", "f", "f/x");
    move(
        all,
        "FileSystemException: ROOT/full -> ROOT/full/child/x: Invalid argument",
        "full",
        "full/child/x");
    replace(all, "DirectoryNotEmptyException: ROOT/full", "d/.", "full");
    replace(all, "FileSystemException: ROOT/d/. -> ROOT/t: Device or resource busy", "d/.", "t");
    replace(all, "FileSystemException: ROOT/d/. -> ROOT/g: Device or resource busy", "d/.", "g");
    replace(all, "FileSystemException: ROOT/d/. -> ROOT/e: Device or resource busy", "d/.", "e");
    replace(all, "FileSystemException: ROOT/d/.: Invalid argument", "f", "d/.");
    atomic(all, "NoSuchFileException: ROOT/m -> ROOT/t", "m", "t");
    atomic(all, "FileSystemException: ROOT/f -> ROOT/d: Is a directory", "f", "d");
    atomic(all, "FileSystemException: ROOT/d -> ROOT/f: Not a directory", "d", "f");
    atomic(all, "FileSystemException: ROOT/m -> ROOT/d/.: Device or resource busy", "m", "d/.");
    atomic(all, "FileSystemException: ROOT/d/. -> ROOT/d/.: Device or resource busy", "d/.", "d/.");
    atomic(all, "FileSystemException: ROOT/d -> ROOT/full: Directory not empty", "d", "full");
    atomic(all, "FileSystemException: ROOT/f/x -> ROOT/t: Not a directory", "f/x", "t");
  }

  private static void copies(Map<String, Failure> all) {
    put(
        all,
        "copy: FileAlreadyExistsException: ROOT/g",
        r -> Files.copy(r.resolve("f"), r.resolve("g")));
    put(all, "copy: NoSuchFileException: ROOT/m", r -> Files.copy(r.resolve("m"), r.resolve("t")));
    put(
        all,
        "copy: DirectoryNotEmptyException: ROOT/full",
        r -> Files.copy(r.resolve("f"), r.resolve("full"), REPLACE_EXISTING));
  }

  private static void links(Map<String, Failure> all) {
    put(all, "NotLinkException: ROOT/f", r -> Files.readSymbolicLink(r.resolve("f")));
    put(all, "read link: NoSuchFileException: ROOT/m", r -> Files.readSymbolicLink(r.resolve("m")));
    put(
        all,
        "NoSuchFileException: ROOT/l",
        r -> Files.createSymbolicLink(r.resolve("l"), r.getFileSystem().getPath("")));
    put(
        all,
        "FileSystemException: ROOT/link: Too many levels of symbolic links (NOFOLLOW_LINKS specified)",
        r -> Files.newByteChannel(r.resolve("link"), LinkOption.NOFOLLOW_LINKS).close());
    hardLink(all, "FileAlreadyExistsException: ROOT/f -> ROOT/g", "f", "g");
    hardLink(all, "FileSystemException: ROOT/l -> ROOT/d: Operation not permitted", "l", "d");
    hardLink(all, "FileSystemException: ROOT/l -> ROOT/f/x: Not a directory", "l", "f/x");
    hardLink(all, "FileSystemException: ROOT/f/x -> ROOT/f: Not a directory", "f/x", "f");
    hardLink(all, "NoSuchFileException: ROOT/f -> ROOT/m", "f", "m");
    hardLink(all, "NoSuchFileException: ROOT/l -> ROOT/m", "l", "m");
    hardLink(all, "NoSuchFileException: ROOT/m/l -> ROOT/f", "m/l", "f");
    hardLink(
        all, "FileSystemException: ROOT/l -> ROOT/" + LONG + ": File name too long", "l", LONG);
  }

  private static void openDirectories(Map<String, Failure> all) {
    opened(
        all,
        "FileSystemException: d: Is a directory",
        (open, root) -> open.deleteFile(root.getFileSystem().getPath("d")));
    opened(
        all,
        "FileSystemException: f: Not a directory",
        (open, root) -> open.deleteDirectory(root.getFileSystem().getPath("f")));
    opened(
        all,
        "FileSystemException: f -> d: Is a directory",
        (open, root) ->
            open.move(root.getFileSystem().getPath("f"), open, root.getFileSystem().getPath("d")));
    opened(
        all,
        "FileSystemException: d -> d/x: Invalid argument",
        (open, root) ->
            open.move(
                root.getFileSystem().getPath("d"), open, root.getFileSystem().getPath("d/x")));
  }

  private static void put(Map<String, Failure> all, String words, Call call) {
    Failure failure = new Failure(call, words.replaceFirst("^[a-z ]+: ", ""));
    if (all.put(words.replace(LONG, "LONG"), failure) != null) {
      throw new IllegalStateException("Two rows: " + words);
    }
  }

  private static void move(Map<String, Failure> all, String words, String from, String to) {
    put(all, "move: " + words, r -> Files.move(r.resolve(from), r.resolve(to)));
  }

  private static void replace(Map<String, Failure> all, String words, String from, String to) {
    put(
        all,
        "replace: " + words,
        r -> Files.move(r.resolve(from), r.resolve(to), REPLACE_EXISTING));
  }

  private static void atomic(Map<String, Failure> all, String words, String from, String to) {
    put(all, "atomic move: " + words, r -> Files.move(r.resolve(from), r.resolve(to), ATOMIC_MOVE));
  }

  private static void hardLink(Map<String, Failure> all, String words, String link, String file) {
    put(all, "hard link: " + words, r -> Files.createLink(r.resolve(link), r.resolve(file)));
  }

  /** A call on an open directory. */
  @FunctionalInterface
  private interface OpenCall {
    void on(SecureDirectoryStream<Path> open, Path root) throws IOException;
  }

  @SuppressWarnings("unchecked") // of paths, as the stream is
  private static void opened(Map<String, Failure> all, String words, OpenCall call) {
    put(
        all,
        words,
        r -> {
          try (DirectoryStream<Path> open = Files.newDirectoryStream(r)) {
            call.on((SecureDirectoryStream<Path>) open, r);
          }
        });
  }

  @ContractTest(rows = "failures")
  void aFailureHasTheWordsOfLinux(Failure failure) {
    Throwable thrown = catchThrowable(() -> failure.call().in(root()));

    assertThat(thrown).isNotNull();
    assertThat(
            thrown.getClass().getSimpleName()
                + ": "
                + String.valueOf(thrown.getMessage()).replace(root().toString(), "ROOT"))
        .isEqualTo(failure.words());
  }

  @ContractTest
  void linksThatGoRoundInCirclesAreToldByTheirName() {
    Path one = root().resolve("one");

    assertThat(catchThrowable(() -> Files.size(one)))
        .hasMessageStartingWith(one + ": Too many levels of symbolic links");
  }

  @ContractTest
  void aHardLinkToAnotherFileSystemIsToldByBothNames() throws IOException {
    Path file = root().resolve("f");
    Path link = rootOfAnother().resolve("link");

    assertThat(catchThrowable(() -> Files.createLink(link, file)))
        .hasMessage(link + " -> " + file + ": Invalid cross-device link");
  }

  @ContractTest
  void theRootOfTheFileSystemStays() {
    Path root = fileSystem().getPath("/");

    assertThat(catchThrowable(() -> Files.delete(root))).hasMessage("/: Device or resource busy");
    assertThat(catchThrowable(() -> Files.move(root().resolve("f"), root, REPLACE_EXISTING)))
        .hasMessage("/: Device or resource busy");
    assertThat(catchThrowable(() -> Files.createFile(root))).hasMessage("/");
    assertThat(catchThrowable(() -> Files.createDirectory(root))).hasMessage("/");
    assertThat(Files.exists(root().resolve("f"))).isTrue();
  }
}
