package io.github.niotmp.tck.exit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.internal.search.UserDirectory;
import io.github.niotmp.session.Reaper;
import io.github.niotmp.tck.forked.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is left on the host by the exit but what its owner keeps. */
class ExitTest {
  private static final int ROUNDS = Integer.getInteger("niotmp.tck.exits", 2);

  @TempDir Path parent;
  private Path temporary;
  private Path out;

  @BeforeEach
  void makeDirectories() throws IOException {
    temporary = Files.createDirectory(parent.toRealPath().resolve("temporary"));
    out = parent.resolve("out");
  }

  @Test
  void hooksOfTheApplicationUseAllFiles() throws Exception {
    run("all", Map.of());

    assertThat(out)
        .content()
        .contains("directory/inner/file", "link -> /directory")
        .endsWith("text");
    assertThat(left()).isEmpty();
  }

  @Test
  void whatAHookKeepsOrPersistsStays() throws Exception {
    run("kept", Map.of());

    List<String> kept = Files.readAllLines(out);
    assertThat(kept).hasSize(3).allSatisfy(path -> assertThat(Path.of(path)).isRegularFile());
    assertThat(Path.of(kept.get(0))).content().isEqualTo("kept");
    assertThat(left()).hasSize(3); // the file, the tree and the target
  }

  @Test
  void namesThatAHookCreatesGo() throws Exception {
    run("names", Map.of());

    assertThat(out).content().contains("renamed/file", "e/c/d", "a/link -> ");
    assertThat(left()).isEmpty();
  }

  @Test
  void filesThatAHookMovesOutOfATreeStayThoughALinkLeadsToThem() throws Exception {
    run("moved", Map.of());

    assertThat(left())
        .containsExactlyInAnyOrder(temporary.resolve("published"), temporary.resolve("moved"));
    assertThat(temporary.resolve("published/file")).exists();
    assertThat(temporary.resolve("moved/file")).exists();
  }

  @Test
  void namesThatHooksCreateInTheirLastStepWithoutTheLibraryGo() throws Exception {
    run("last", Map.of());

    assertThat(left()).isEmpty();
  }

  @Test
  void namesOfBusyThreadsGo() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      run("busy", Map.of());
      sweep(); // a thread that creates a name as the JDK deletes leaves it with the lock file
      assertThat(left()).isEmpty();
    }
  }

  @Test
  void treesThatAreBeingRemovedGo() throws Exception {
    run("closing", Map.of());

    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"unwritable", "deep"})
  void treesThatAreHardToDeleteGo(String task) throws Exception {
    run(task, Map.of());

    assertThat(left()).isEmpty();
  }

  @Test
  void namesThatTheLocaleCannotEncodeGo() throws Exception {
    run("undecodable", Map.of("LC_ALL", "C"));

    assertThat(left()).isEmpty();
  }

  @Test
  void hooksUseFilesOnOtherProviders() throws Exception {
    run("elsewhere", Map.of());

    assertThat(out).content().isEqualTo("text");
    assertThat(left()).isEmpty();
  }

  private void sweep() throws IOException {
    UserDirectory root = UserDirectory.in(temporary);
    assertThat(Reaper.sweep(root, false))
        .allSatisfy(found -> assertThat(found.fate()).isEqualTo(Reaper.Fate.RECLAIMED));
    root.removeIfEmpty();
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> entries = Files.list(temporary)) {
      return entries.toList();
    }
  }

  private void run(String task, Map<String, String> environment) throws Exception {
    Path errors = parent.resolve("errors");
    List<String> options = List.of("-Djava.io.tmpdir=" + temporary);
    ProcessBuilder builder =
        new ProcessBuilder(ForkedJvm.command(ExitingProgram.class, options, task, out.toString()))
            .redirectErrorStream(true)
            .redirectOutput(errors.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(errors).content().isEmpty();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
