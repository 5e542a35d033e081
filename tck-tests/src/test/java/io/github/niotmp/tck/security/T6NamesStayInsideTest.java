package io.github.niotmp.tck.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * T6: no name a user gives reaches the host from a spooled file system, and none leads out of any.
 *
 * <p>Zip-Slip, CVE-2018-1002200; CVE-2023-35887 (MINA), CVE-2025-27553 (Commons VFS),
 * CVE-2025-22873 (Go).
 */
class T6NamesStayInsideTest {
  private static final List<String> HOSTILE =
      List.of(
          "../escaped",
          "../../escaped",
          "../../../../../../../../tmp/escaped",
          "a/../../escaped",
          "a/../../../escaped/",
          "./../escaped",
          "//../escaped",
          "..",
          "../",
          "a/..",
          "a/../",
          "..\\escaped",
          "%2e%2e/escaped",
          "%2e%2e%2fescaped",
          "..%2fescaped",
          "..%00/escaped",
          "escaped\0",
          "..\0/escaped",
          "\uD800",
          "..\uDC00/escaped",
          "\u2025/escaped",
          "C:\\escaped",
          "~/escaped");

  @TempDir Path outside;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path host;

  @BeforeEach
  void putTheHostDirectoryWhereItsNeighboursShow() throws IOException {
    Path parent = Files.createDirectory(outside.resolve("parent"));
    host = Files.createDirectory(parent.resolve("host"));
    Files.writeString(outside.resolve("canary"), "unchanged");
  }

  @Test
  void namesInASpooledFileSystemAreInNoSystemCall() throws Exception {
    SystemCalls calls = SystemCalls.ofMakingAll("022", host, outside.resolve("calls"));

    assertThat(calls.all()).isNotEmpty().noneMatch(call -> call.contains(MakeAll.USER_GIVEN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void hostileNamesResolvedAgainstAPathStayInside(String storage) throws IOException {
    try (FileSystem tmp = open(storage)) {
      Path deep = Files.createDirectories(tmp.getPath("/a/b"));
      for (String name : HOSTILE) {
        use(() -> tmp.getPath("/").resolve(name));
        use(() -> deep.resolve(name));
        use(() -> deep.resolve(name).normalize());
      }
      assertNothingIsOutside();
    }
    assertNothingIsOutside();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void hostileNamesInUrisStayInside(String storage) throws IOException {
    try (FileSystem tmp =
        FileSystems.newFileSystem(
            URI.create("tmp://t6-" + storage), Map.of("storage", storage, "directory", host))) {
      Files.createDirectories(tmp.getPath("/a/b"));
      for (String path :
          List.of(
              "/../escaped",
              "/%2e%2e/escaped",
              "/%2E%2E/%2e%2e/escaped",
              "/a/%2e%2e/%2e%2e/escaped",
              "/..%2fescaped",
              "/%2e%2e%2fescaped",
              "/escaped%00",
              "/%ed%a0%80",
              "/a/../../escaped/",
              "/a/b/../../../escaped")) {
        use(() -> Path.of(URI.create("tmp://t6-" + storage + path)));
      }
      assertNothingIsOutside();
    }
    assertNothingIsOutside();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void hostileLinksStayInside(String storage) throws IOException {
    try (FileSystem tmp = open(storage)) {
      Files.createDirectories(tmp.getPath("/a/b"));
      int count = 0;
      for (String target : HOSTILE) {
        int number = count++;
        use(
            () -> {
              Path link = tmp.getPath("/a/b/link" + number);
              Files.createSymbolicLink(link, tmp.getPath(target));
              return link;
            });
        use(() -> tmp.getPath("/a/b/link" + number + "/escaped"));
      }
      assertNothingIsOutside();
    }
    assertNothingIsOutside();
  }

  private FileSystem open(String storage) throws IOException {
    return TmpFileSystems.open(Map.of("storage", storage, "directory", host));
  }

  /** Makes a path, or refuses to. */
  private interface Naming {
    Path path() throws IOException;
  }

  /** Does what could do harm; to be refused, in words of a file system, is fine. */
  private static void use(Naming naming) throws IOException {
    Path path;
    try {
      path = naming.path();
    } catch (FileSystemException | IllegalArgumentException e) {
      return; // such as InvalidPathException
    }
    attempt(() -> Files.writeString(path, "escaped"));
    attempt(() -> Files.createDirectory(path));
    attempt(() -> Files.createSymbolicLink(path, path.getFileSystem().getPath("/")));
    attempt(() -> Files.move(path, path.resolveSibling("moved")));
    attempt(() -> Files.copy(path.resolveSibling("moved"), path));
    attempt(() -> path.toRealPath());
    attempt(
        () -> {
          Files.deleteIfExists(path);
          return path;
        });
  }

  private static void attempt(Naming step) throws IOException {
    try {
      step.path();
    } catch (FileSystemException | InvalidPathException e) {
      // refused
    }
  }

  private void assertNothingIsOutside() throws IOException {
    try (Stream<Path> around = Files.walk(outside, 2)) {
      assertThat(around.map(path -> outside.relativize(path).toString()))
          .containsExactlyInAnyOrder("", "canary", "parent", "parent/host");
    }
    assertThat(outside.resolve("canary")).hasContent("unchanged");
    assertThat(Path.of("/tmp/escaped")).doesNotExist();
  }
}
