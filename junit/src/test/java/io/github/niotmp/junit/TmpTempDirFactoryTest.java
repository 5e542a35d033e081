package io.github.niotmp.junit;

import static io.github.niotmp.junit.Runs.allSucceed;
import static io.github.niotmp.junit.Runs.failures;
import static io.github.niotmp.junit.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** The nested classes are not for a runner, but for the runs that the tests make. */
class TmpTempDirFactoryTest {
  private static final String OPEN_AT_CLOSE = "io.github.niotmp.junit.openAtClose";

  /** The directories that the tests of a run were given. */
  private static final Queue<Path> GIVEN = new ConcurrentLinkedQueue<>();

  private static final Queue<AutoCloseable> LEFT_OPEN = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void forget() {
    GIVEN.clear();
    LEFT_OPEN.clear();
  }

  static void useAndLeave(Path directory) throws IOException {
    assertThat(directory.getFileSystem().provider().getScheme()).isEqualTo("tmp");
    assertThat(directory).isEmptyDirectory();
    GIVEN.add(directory);
    Path nested = Files.createDirectories(directory.resolve("a/b/c"));
    Files.writeString(nested.resolve("f"), "text");
    Files.createSymbolicLink(directory.resolve("link"), nested);
  }

  static class Fields {
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    @TempDir(factory = TmpTempDirFactory.class)
    Path one;

    @SuppressWarnings("NullAway.Init") // JUnit sets it
    @TempDir(factory = TmpTempDirFactory.class)
    Path other;

    @RepeatedTest(2)
    void use() throws IOException {
      useAndLeave(one);
      useAndLeave(other);
    }
  }

  @Test
  void eachDirectoryHasAFileSystemOfItsOwnAndAllAreGoneInTheEnd() {
    allSucceed(run(Fields.class, Map.of()), 2);

    assertThat(GIVEN).hasSize(4);
    assertThat(fileSystems()).hasSize(4).noneMatch(FileSystem::isOpen);
  }

  static class Parameters {
    @RepeatedTest(3)
    void use(@TempDir(factory = TmpTempDirFactory.class) Path directory) throws IOException {
      useAndLeave(directory);
    }
  }

  @Test
  void aParameterIsOneToo() {
    allSucceed(run(Parameters.class, Map.of()), 3);

    assertThat(fileSystems()).hasSize(3).noneMatch(FileSystem::isOpen);
  }

  static class Shared {
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    @TempDir(factory = TmpTempDirFactory.class)
    static Path shared;

    @RepeatedTest(3)
    void add() throws IOException {
      GIVEN.add(shared);
      Files.createTempFile(shared, "f", "");
    }

    @Nested
    class Inner {
      @Test
      void sees() {
        assertThat(shared).isDirectoryContaining(file -> file.toString().contains("/f"));
      }
    }
  }

  @Test
  void theDirectoryOfAClassIsThereForAllItsTests() {
    allSucceed(run(Shared.class, Map.of()), 4);

    assertThat(GIVEN).hasSize(3);
    assertThat(fileSystems()).hasSize(1).noneMatch(FileSystem::isOpen);
  }

  static class Crowd {
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    @TempDir
    static Path shared;

    @SuppressWarnings("NullAway.Init") // JUnit sets it
    @TempDir
    Path one;

    @SuppressWarnings("NullAway.Init") // JUnit sets it
    @TempDir
    Path other;

    @BeforeEach
    void prepare(@TempDir Path directory) throws IOException {
      useAndLeave(directory);
    }

    @RepeatedTest(50)
    void use(@TempDir Path first, @TempDir Path second, @TempDir Path third) throws IOException {
      for (Path each : List.of(one, other, first, second, third)) {
        useAndLeave(each);
      }
      Files.createTempFile(shared, "f", "");
    }

    @Nested
    class Inner {
      @SuppressWarnings("NullAway.Init") // JUnit sets it
      @TempDir
      Path inner;

      @RepeatedTest(50)
      void use(@TempDir Path first, @TempDir Path second) throws IOException {
        for (Path each : List.of(one, other, inner, first, second)) {
          useAndLeave(each);
        }
      }
    }
  }

  @Test
  void parallelTestsDoNotMeet() {
    allSucceed(
        run(
            Crowd.class,
            Map.of(
                TempDir.DEFAULT_FACTORY_PROPERTY_NAME,
                TmpTempDirFactory.class.getName(),
                "junit.jupiter.execution.parallel.enabled",
                "true",
                "junit.jupiter.execution.parallel.mode.default",
                "concurrent",
                "junit.jupiter.execution.parallel.config.strategy",
                "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism",
                "8")),
        100);

    assertThat(fileSystems()).hasSize(600).noneMatch(FileSystem::isOpen);
  }

  static class LeavesOpen {
    @Test
    void leave(@TempDir(factory = TmpTempDirFactory.class) Path directory) throws IOException {
      useAndLeave(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve("open"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      LEFT_OPEN.add(channel);
      channel.write(ByteBuffer.allocate(10));
    }
  }

  @Test
  void whatIsLeftOpenIsClosed() {
    allSucceed(run(LeavesOpen.class, Map.of()), 1);

    assertThat(LEFT_OPEN).hasSize(1).noneMatch(channel -> ((FileChannel) channel).isOpen());
    assertThat(fileSystems()).hasSize(1).noneMatch(FileSystem::isOpen);
  }

  @Test
  void whatIsLeftOpenFailsTheTestWhereThatIsAskedFor() {
    EngineExecutionResults results = run(LeavesOpen.class, Map.of(OPEN_AT_CLOSE, "fail"));

    assertThat(failures(results))
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasStackTraceContaining("1 handle was open")
                    .hasStackTraceContaining("/junit/open")
                    .hasStackTraceContaining("LeavesOpen.leave"));
    assertThat(fileSystems()).hasSize(1).noneMatch(FileSystem::isOpen);
    allSucceed(run(Fields.class, Map.of(OPEN_AT_CLOSE, "fail")), 2);
  }

  static class DeletesItself {
    @Test
    void delete(@TempDir(factory = TmpTempDirFactory.class) Path directory) throws IOException {
      GIVEN.add(directory);
      Files.delete(directory);
    }

    @Test
    void close(@TempDir(factory = TmpTempDirFactory.class) Path directory) throws IOException {
      GIVEN.add(directory);
      Files.createSymbolicLink(directory.resolve("to-root"), Path.of(directory.toUri()).getRoot());
      Files.createSymbolicLink(directory.resolve("cycle"), directory);
      Files.createFile(directory.resolveSibling("outside"));
    }
  }

  @Test
  void itMayBeGoneAlreadyOrHoldLinksThatLeaveIt() {
    allSucceed(run(DeletesItself.class, Map.of()), 2);

    assertThat(fileSystems()).hasSize(2).noneMatch(FileSystem::isOpen);
  }

  @Test
  void anInstanceThatMadeNothingHasNothingToClose() throws IOException {
    new TmpTempDirFactory().close();
    assertThat(GIVEN).isEmpty();
  }

  /** Asks one instance for two directories. */
  static final class Twice implements TempDirFactory {
    private final TmpTempDirFactory factory = new TmpTempDirFactory();

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
        throws IOException {
      GIVEN.add(factory.createTempDirectory(element, context));
      try {
        return factory.createTempDirectory(element, context);
      } catch (IllegalStateException e) {
        factory.close();
        throw e;
      }
    }
  }

  static class AsksTwice {
    @Test
    void use(@TempDir(factory = Twice.class) Path directory) {}
  }

  @Test
  void anInstanceCreatesOneDirectory() {
    List<Throwable> failures = failures(run(AsksTwice.class, Map.of()));

    assertThat(failures)
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasStackTraceContaining(
                        "One instance creates one directory, and this one has created "
                            + GIVEN.element()));
  }

  private static Set<FileSystem> fileSystems() {
    return GIVEN.stream().map(Path::getFileSystem).collect(Collectors.toSet());
  }
}
