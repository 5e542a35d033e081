package io.github.niotmp.junit;

import static io.github.niotmp.junit.Runs.allSucceed;
import static io.github.niotmp.junit.Runs.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The nested classes are not for a runner, but for the runs that the tests make. */
class FileTargetTest {
  private static final Queue<File> GIVEN = new ConcurrentLinkedQueue<>();

  @TempDir Path temporary;

  @BeforeEach
  void forget() {
    GIVEN.clear();
  }

  static void useAndLeave(File directory) throws IOException {
    assertThat(directory).isEmptyDirectory();
    Path path = directory.toPath();
    assertThat(Files.getPosixFilePermissions(path))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    Path nested = Files.createDirectories(path.resolve("a/b"));
    Files.writeString(nested.resolve("f"), "text");
    Files.createSymbolicLink(path.resolve("link"), nested);
    Files.setPosixFilePermissions(nested, PosixFilePermissions.fromString("r-x------"));
    GIVEN.add(directory);
  }

  static class Wants {
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    @TempDir(factory = TmpTempDirFactory.class)
    static File shared;

    @SuppressWarnings("NullAway.Init") // JUnit sets it
    @TempDir(factory = TmpTempDirFactory.class)
    File field;

    @RepeatedTest(2)
    void use(@TempDir(factory = TmpTempDirFactory.class) File parameter) throws IOException {
      assertThat(shared).isDirectory();
      useAndLeave(field);
      useAndLeave(parameter);
    }
  }

  @Test
  void aFileIsARealDirectoryThatGoesWithItsTest() throws IOException {
    String directory = "io.github.niotmp.junit.directory";
    allSucceed(run(Wants.class, Map.of(directory, temporary.toString())), 2);

    assertThat(GIVEN).hasSize(4).noneMatch(File::exists);
    try (Stream<Path> left = Files.walk(temporary)) {
      assertThat(left).noneMatch(path -> path.endsWith("junit"));
    }
  }

  @Test
  void aLaterProcessRemovesTheDirectoryOfAKilledOne() throws Exception {
    Path left = Path.of(lastLine(KilledRun.start(temporary, KilledRun.LEAVE)));
    assertThat(left.resolve("a/b/f")).exists();

    assertThat(lastLine(KilledRun.start(temporary, KilledRun.RETURN))).isEqualTo("returned");

    assertThat(Files.exists(left, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  private static String lastLine(Process run) throws IOException {
    return new String(run.getInputStream().readAllBytes(), UTF_8)
        .lines()
        .reduce("", (before, line) -> line);
  }
}
