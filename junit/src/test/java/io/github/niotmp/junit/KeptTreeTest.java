package io.github.niotmp.junit;

import static io.github.niotmp.junit.Runs.allSucceed;
import static io.github.niotmp.junit.Runs.failures;
import static io.github.niotmp.junit.Runs.published;
import static io.github.niotmp.junit.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.SystemTemp;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** The nested classes are not for a runner, but for the runs that the tests make. */
class KeptTreeTest {
  private static final String KEPT = "io.github.niotmp.junit.kept";
  private static final String LEFT_OUT = "io.github.niotmp.junit.leftOut";
  private static final String STORAGE = "io.github.niotmp.junit.storage";
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));

  /** The directories that the tests of a run were given. */
  private static final Queue<Path> GIVEN = new ConcurrentLinkedQueue<>();

  @TempDir Path temporary;

  @BeforeEach
  void keepHere() throws IOException {
    GIVEN.clear();
    SystemTemp.setDirectory(temporary);
  }

  @AfterEach
  void keepElsewhere() throws IOException {
    SystemTemp.setDirectory(null);
  }

  static void fill(Path directory) throws IOException {
    GIVEN.add(directory);
    Path nested = Files.createDirectories(directory.resolve("a/b"));
    Path file = Files.writeString(nested.resolve("f"), "text");
    Files.createSymbolicLink(directory.resolve("relative"), nested.getFileSystem().getPath("a/b"));
    Files.createSymbolicLink(directory.resolve("absolute"), nested);
    Files.createSymbolicLink(directory.resolve("itself"), directory);
    Files.createSymbolicLink(
        nested.resolve("dangling"), nested.getFileSystem().getPath("not there"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-x-w---x"));
    Files.setLastModifiedTime(file, LONG_AGO);
    Files.createSymbolicLink(nested.resolve("up"), directory.resolve("a"));
    Files.setLastModifiedTime(nested, LONG_AGO);
    Files.setPosixFilePermissions(nested, PosixFilePermissions.fromString("r-xr-x---"));
  }

  static void assertKept(Path kept) throws IOException {
    assertThat(Files.getPosixFilePermissions(kept.getParent()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    try (Stream<Path> entries = Files.walk(kept)) {
      assertThat(entries.map(path -> kept.relativize(path).toString()))
          .containsExactlyInAnyOrder(
              "", "a", "a/b", "a/b/f", "a/b/dangling", "a/b/up", "relative", "absolute", "itself");
    }
    assertThat(kept.resolve("relative/f")).hasContent("text");
    assertThat(kept.resolve("absolute/f")).hasContent("text");
    assertThat(kept.resolve("itself/a/b/f")).hasContent("text");
    assertThat(kept.resolve("a/b/up/b/f")).hasContent("text");
    assertThat(Files.readSymbolicLink(kept.resolve("a/b/dangling"))).hasToString("not there");
    Path nested = kept.resolve("a/b");
    assertThat(Files.getPosixFilePermissions(nested.resolve("f")))
        .isEqualTo(PosixFilePermissions.fromString("r-x-w---x"));
    assertThat(Files.getPosixFilePermissions(nested))
        .isEqualTo(PosixFilePermissions.fromString("r-xr-x---"));
    assertThat(Files.getLastModifiedTime(nested.resolve("f"))).isEqualTo(LONG_AGO);
    assertThat(Files.getLastModifiedTime(nested)).isEqualTo(LONG_AGO);
  }

  static class Never {
    @Test
    void use(
        @TempDir(factory = TmpTempDirFactory.class, cleanup = CleanupMode.NEVER) Path directory)
        throws IOException {
      fill(directory);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void aDirectoryThatIsNeverDeletedIsKeptOnTheHost(String storage) throws IOException {
    EngineExecutionResults results = run(Never.class, Map.of(STORAGE, storage));

    allSucceed(results, 1);
    Path kept = only(published(results, KEPT));
    assertThat(kept).startsWith(temporary);
    assertKept(kept);
    assertThat(published(results, LEFT_OUT)).isEmpty();
    assertThat(GIVEN).extracting(Path::getFileSystem).noneMatch(FileSystem::isOpen);
  }

  @Test
  void itsPlaceIsPrinted() {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    EngineExecutionResults results;
    try {
      results = run(Never.class, Map.of());
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .contains(KEPT + " = " + only(published(results, KEPT)));
  }

  static class NeverAsFile {
    @Test
    void use(
        @TempDir(factory = TmpTempDirFactory.class, cleanup = CleanupMode.NEVER) File directory)
        throws IOException {
      fill(directory.toPath());
    }
  }

  @Test
  void aRealDirectoryIsMoved() throws IOException {
    EngineExecutionResults results = run(NeverAsFile.class, Map.of());

    allSucceed(results, 1);
    assertKept(only(published(results, KEPT)));
    assertThat(GIVEN).hasSize(1).noneMatch(Files::exists);
  }

  static class OnSuccess {
    @Test
    void fail(
        @TempDir(factory = TmpTempDirFactory.class, cleanup = CleanupMode.ON_SUCCESS) Path first,
        @TempDir(factory = TmpTempDirFactory.class, cleanup = CleanupMode.ALWAYS) Path second)
        throws IOException {
      fill(first);
      GIVEN.add(second);
      throw new IOException("as planned");
    }

    @Test
    void pass(
        @TempDir(factory = TmpTempDirFactory.class, cleanup = CleanupMode.ON_SUCCESS)
            Path directory)
        throws IOException {
      GIVEN.add(directory);
      Files.createFile(directory.resolve("f"));
    }
  }

  @Test
  void onSuccessKeepsTheDirectoryOfTheTestThatFailed() throws IOException {
    EngineExecutionResults results = run(OnSuccess.class, Map.of());

    assertThat(failures(results)).extracting(Throwable::getMessage).containsExactly("as planned");
    assertKept(only(published(results, KEPT)));
    assertThat(GIVEN).hasSize(3).extracting(Path::getFileSystem).noneMatch(FileSystem::isOpen);
  }

  static class ByDefault {
    @Test
    void use(@TempDir(factory = TmpTempDirFactory.class) Path directory) throws IOException {
      fill(directory);
    }
  }

  @Test
  void theModeMayBeThatOfTheParameter() throws IOException {
    String parameter = TempDir.DEFAULT_CLEANUP_MODE_PROPERTY_NAME;
    assertKept(only(published(run(ByDefault.class, Map.of(parameter, "never")), KEPT)));
    assertThat(published(run(OnSuccess.class, Map.of(parameter, "NEVER")), KEPT)).hasSize(1);
    assertThat(published(run(ByDefault.class, Map.of(parameter, "always")), KEPT)).isEmpty();
  }

  static class SharedFails {
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    @TempDir(factory = TmpTempDirFactory.class, cleanup = CleanupMode.ON_SUCCESS)
    static Path ours;

    @SuppressWarnings("NullAway.Init") // JUnit sets it
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path theirs;

    @Test
    void fail() throws IOException {
      fill(ours);
      GIVEN.add(theirs);
      throw new IOException("as planned");
    }
  }

  /** JUnit 5.10 asks whether the class itself failed, later ones whether one of its tests did. */
  @Test
  void theDirectoryOfAClassIsKeptWhereJUnitKeepsItsOwn() throws IOException {
    List<String> kept = published(run(SharedFails.class, Map.of()), KEPT);

    Path theirs = List.copyOf(GIVEN).get(1);
    if (Files.deleteIfExists(theirs)) {
      assertKept(only(kept));
    } else {
      assertThat(kept).isEmpty();
    }
  }

  static class TooMuch {
    @Test
    void use(
        @TempDir(factory = TmpTempDirFactory.class, cleanup = CleanupMode.NEVER) Path directory)
        throws IOException {
      Files.createFile(directory.resolve("f"));
      Path deep = directory;
      for (int i = 0; i < 20; i++) { // up to 4,088 bytes, and more below the directory of the host
        deep = Files.createDirectory(deep.resolve("d".repeat(203)));
      }
    }
  }

  @Test
  void anEntryThatTheHostCannotHoldIsLeftOutAndReported() {
    EngineExecutionResults results = run(TooMuch.class, Map.of());

    allSucceed(results, 1);
    assertThat(only(published(results, KEPT)).resolve("f")).exists();
    assertThat(published(results, LEFT_OUT))
        .singleElement()
        .satisfies(entry -> assertThat(entry).contains("File name too long"));
  }

  static class Gone {
    @Test
    void delete(
        @TempDir(factory = TmpTempDirFactory.class, cleanup = CleanupMode.NEVER) Path directory)
        throws IOException {
      Files.delete(directory);
    }
  }

  @Test
  void aDirectoryThatIsGoneIsNotKept() {
    EngineExecutionResults results = run(Gone.class, Map.of());

    allSucceed(results, 1);
    assertThat(published(results, KEPT)).isEmpty();
    assertThat(temporary).isEmptyDirectory();
  }

  private static Path only(List<String> places) {
    assertThat(places).hasSize(1);
    return Path.of(places.get(0));
  }
}
