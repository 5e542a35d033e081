package io.github.niotmp.tck.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpSettings;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text that {@link TmpFileSystems#listing} makes of a tree. */
class ListingTextTest {
  @TempDir Path host;

  private FileSystem open(String storage) throws IOException {
    return TmpFileSystems.open(
        storage.equals("host")
            ? Map.of(TmpSettings.STORAGE, storage, TmpSettings.DIRECTORY, host)
            : Map.of(TmpSettings.SPOOL_THRESHOLD, "1KiB", TmpSettings.DIRECTORY, host));
  }

  private static void makeTree(Path root) throws IOException {
    Files.writeString(root.resolve("notes.txt"), "hello");
    Files.createDirectory(root.resolve("video"));
    Files.write(root.resolve("video/raw.bin"), new byte[2048]);
    Files.createSymbolicLink(root.resolve("video/latest"), root.getFileSystem().getPath("raw.bin"));
  }

  @Test
  void javadocShowsTheListingOfItsExample() throws IOException {
    String source =
        Files.readString(Path.of("../api/src/main/java/io/github/niotmp/TmpFileSystems.java"));
    Matcher shown =
        Pattern.compile("(?s)<pre>\n((?:   \\* \\S{10} [^\n]*\n)+)   \\* </pre>").matcher(source);
    assertThat(shown.find()).isTrue();

    try (FileSystem scratch = open("spooled")) {
      makeTree(scratch.getPath("/"));
      assertThat(TmpFileSystems.listing(scratch.getPath("/")))
          .isEqualTo(shown.group(1).replaceAll("(?m)^   \\* ", "").replace("&gt;", ">"))
          .isEqualTo(
              """
              drwx------ -               - .
              -rw------- MEMORY          5 notes.txt
              drwx------ -               - video
              lrwxrwxrwx -               - video/latest -> raw.bin
              -rw------- DISK         2048 video/raw.bin
              """);
    }
  }

  @Test
  void filesOfHostStorageAreOnTheHost() throws IOException {
    try (FileSystem scratch = open("host")) {
      makeTree(scratch.getPath("/"));
      assertThat(TmpFileSystems.listing(scratch.getPath("/")))
          .isEqualTo(
              """
              drwx------ -               - .
              -rw------- HOST            5 notes.txt
              drwx------ -               - video
              lrwxrwxrwx -               - video/latest -> raw.bin
              -rw------- HOST         2048 video/raw.bin
              """);
    }
  }

  @Test
  void namesAreRelativeToTheDirectoryThatIsListed() throws IOException {
    try (FileSystem scratch = open("spooled")) {
      makeTree(scratch.getPath("/"));
      Files.createSymbolicLink(scratch.getPath("/link"), scratch.getPath("/video"));
      String listing =
          """
          drwx------ -               - .
          lrwxrwxrwx -               - latest -> raw.bin
          -rw------- DISK         2048 raw.bin
          """;
      assertThat(TmpFileSystems.listing(scratch.getPath("/video"))).isEqualTo(listing);
      assertThat(TmpFileSystems.listing(scratch.getPath("video"))).isEqualTo(listing);
      assertThat(TmpFileSystems.listing(scratch.getPath("/link"))).isEqualTo(listing);
      try (FileSystem view = TmpFileSystems.readOnly(scratch)) {
        assertThat(TmpFileSystems.listing(view.getPath("/video"))).isEqualTo(listing);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void directoriesComeBeforeTheirEntriesAndNamesAreSorted(String storage) throws IOException {
    try (FileSystem scratch = open(storage)) {
      for (String name :
          List.of("/b", "/a.txt", "/a", "/a/z", "/a/B", "/\u00e9", "/\uff5e", "/\ud83d\ude00")) {
        Files.createDirectory(scratch.getPath(name));
      }
      assertThat(
              TmpFileSystems.listing(scratch.getPath("/")).lines().map(line -> line.substring(29)))
          .containsExactly(
              ".", "a", "a/B", "a/z", "a.txt", "b", "\u00e9", "\uff5e", "\ud83d\ude00");
    }
  }

  @Test
  void permissionsAreThoseOfTheFile() throws IOException {
    try (FileSystem scratch = open("spooled")) {
      Path file = Files.createFile(scratch.getPath("/f"));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-xr-xr--"));

      assertThat(TmpFileSystems.listing(scratch.getPath("/")))
          .endsWith("-r-xr-xr-- MEMORY          0 f\n");
    }
  }

  @Test
  void packedFilesSaySo() throws IOException {
    try (FileSystem scratch =
        TmpFileSystems.open(Map.of(TmpSettings.MEMORY_BUDGET, "64KiB", "directory", host))) {
      for (int i = 0; i < 100; i++) {
        Files.write(scratch.getPath("/f" + i), new byte[2048]);
      }
      assertThat(TmpFileSystems.listing(scratch.getPath("/")))
          .contains("-rw------- PACK         2048 f")
          .contains("-rw------- MEMORY       2048 f");
    }
  }

  @Test
  void namesForgeNoLine() throws IOException {
    try (FileSystem scratch = open("spooled")) {
      Path root = scratch.getPath("/");
      String forged = "a\n-rw------- MEMORY          0 root";
      Files.createFile(root.resolve(forged));
      Files.createFile(root.resolve("b\\n"));
      Files.createFile(root.resolve("c\t\r\u001b[31m\u0085\u2028\u202e"));
      Files.createFile(root.resolve("d -> e"));
      Files.createSymbolicLink(root.resolve("f -> g"), scratch.getPath("h -> i\n"));
      Files.createFile(root.resolve("j\udb40\udc41"));
      Files.createFile(root.resolve(" k \u00fc->"));

      assertThat(TmpFileSystems.listing(root))
          .isEqualTo(
              """
              drwx------ -               - .
              -rw------- MEMORY          0  k \u00fc->
              -rw------- MEMORY          0 a\\n-rw------- MEMORY          0 root
              -rw------- MEMORY          0 b\\\\n
              -rw------- MEMORY          0 c\\t\\r\\u001b[31m\\u0085\\u2028\\u202e
              -rw------- MEMORY          0 d -\\u003e e
              lrwxrwxrwx -               - f -\\u003e g -> h -\\u003e i\\n
              -rw------- MEMORY          0 j\\udb40\\udc41
              """);
    }
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    try (FileSystem scratch = open("spooled")) {
      Files.createSymbolicLink(scratch.getPath("/self"), scratch.getPath("/"));
      Files.createSymbolicLink(scratch.getPath("/gone"), scratch.getPath("no/such"));

      assertThat(TmpFileSystems.listing(scratch.getPath("/")))
          .isEqualTo(
              """
              drwx------ -               - .
              lrwxrwxrwx -               - gone -> no/such
              lrwxrwxrwx -               - self -> /
              """);
    }
  }

  @Test
  void deepTreesNeedNoStack() throws Exception {
    int depth = 2000;
    try (FileSystem scratch = open("spooled")) {
      Path directory = scratch.getPath("/");
      for (int i = 0; i < depth; i++) {
        directory = Files.createDirectory(directory.resolve("d"));
      }
      List<String> listing = new ArrayList<>();
      Thread small =
          new Thread(
              null,
              () -> {
                try {
                  TmpFileSystems.listing(scratch.getPath("/")).lines().forEach(listing::add);
                } catch (IOException e) {
                  listing.add(e.toString());
                }
              },
              "small stack",
              128 << 10);
      small.start();
      small.join();

      assertThat(listing).hasSize(1 + depth);
      assertThat(listing.get(depth)).endsWith("- " + "d/".repeat(depth - 1) + "d");
    }
  }

  @Test
  @Timeout(60)
  void entriesThatVanishAreLeftOut() throws Exception {
    try (FileSystem scratch = open("spooled")) {
      Path root = scratch.getPath("/");
      Files.createFile(root.resolve("stays"));
      AtomicBoolean done = new AtomicBoolean();
      ExecutorService threads = Executors.newSingleThreadExecutor();
      try {
        Future<?> changing =
            threads.submit(
                () -> {
                  while (!done.get()) {
                    for (int i = 0; i < 5; i++) {
                      Files.createDirectory(root.resolve("d" + i));
                      Files.createFile(root.resolve("d" + i + "/f"));
                      Files.createSymbolicLink(root.resolve("l" + i), root.resolve("d0"));
                    }
                    for (int i = 0; i < 5; i++) {
                      Files.delete(root.resolve("l" + i));
                      Files.delete(root.resolve("d" + i + "/f"));
                      Files.delete(root.resolve("d" + i));
                      Files.createFile(root.resolve("d" + i));
                      Files.delete(root.resolve("d" + i));
                    }
                  }
                  return null;
                });
        for (int i = 0; i < 500; i++) {
          assertThat(TmpFileSystems.listing(root))
              .startsWith("drwx------ -               - .\n")
              .endsWith("-rw------- MEMORY          0 stays\n");
        }
        done.set(true);
        changing.get();
      } finally {
        done.set(true);
        threads.shutdown();
      }
    }
  }

  @Test
  void otherProvidersHaveNoStorage() throws IOException {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.windows())) {
      Path directory = Files.createDirectory(jimfs.getPath("C:\\listed"));
      Files.createDirectory(directory.resolve("sub"));
      Files.write(directory.resolve("sub\\f"), new byte[3]);

      assertThat(TmpFileSystems.listing(directory))
          .isEqualTo(
              """
              d????????? -               - .
              d????????? -               - sub
              -????????? -               3 sub/f
              """);
    }
    Files.setPosixFilePermissions(host, PosixFilePermissions.fromString("rwxr-x---"));
    assertThat(TmpFileSystems.listing(host)).isEqualTo("drwxr-x--- -               - .\n");
  }

  @Test
  void directoriesThatCannotBeListedAreNamed() throws IOException {
    try (FileSystem scratch = open("spooled")) {
      Path file = Files.createFile(scratch.getPath("/f"));
      assertThatExceptionOfType(NotDirectoryException.class)
          .isThrownBy(() -> TmpFileSystems.listing(file))
          .withMessage("/f");
      assertThatExceptionOfType(NoSuchFileException.class)
          .isThrownBy(() -> TmpFileSystems.listing(scratch.getPath("/n")))
          .withMessage("/n");
    }
    Path root;
    try (FileSystem closed = open("spooled")) {
      root = closed.getPath("/");
    }
    assertThatExceptionOfType(ClosedFileSystemException.class)
        .isThrownBy(() -> TmpFileSystems.listing(root));
  }
}
