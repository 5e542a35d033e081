package io.github.niotmp.tck.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The cases of the tests that Rust's crate {@code tempfile} has for {@code TempDir}, by their
 * results. A closed block stands for the end of an owner's scope.
 */
class RustDirectoryCasesTest {
  private static final int RANDOM = 12;

  @TempDir Path disk;

  private TempOptions options() {
    return TempOptions.defaults().directory(disk);
  }

  private static String nameOf(TempDirectory tree) {
    return tree.path().getFileName().toString();
  }

  @Test
  void itGoesAtTheEndOfItsBlock() throws IOException {
    Path path;
    try (TempDirectory tree = TempDirectory.create(options().prefix("foobar"))) {
      path = tree.path();
      assertThat(path).isDirectory();
      assertThat(path.toString()).contains("foobar");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void itsNameHasPrefixSuffixAndTheRandomPartThatIsAskedFor() throws IOException {
    TempOptions named = options().prefix("prefix").suffix("suffix").randomLength(RANDOM);
    try (TempDirectory prefixed = TempDirectory.create(options().prefix("prefix"));
        TempDirectory suffixed = TempDirectory.create(options().suffix("suffix"));
        TempDirectory both = TempDirectory.create(named)) {
      assertThat(nameOf(prefixed)).startsWith("prefix");
      assertThat(nameOf(suffixed)).endsWith("suffix");
      assertThat(nameOf(both))
          .startsWith("prefix")
          .endsWith("suffix")
          .hasSize("prefix".length() + RANDOM + "suffix".length());
    }
  }

  @Test
  void itGoesThoughTheThreadThatUsesItFails() throws IOException {
    CompletableFuture<Path> path = new CompletableFuture<>();
    CompletableFuture<Void> thread =
        CompletableFuture.runAsync(
            () -> {
              try (TempDirectory tree = TempDirectory.create(options())) {
                path.complete(tree.path());
                throw new IllegalStateException("thrown past its owner");
              } catch (IOException e) {
                throw new CompletionException(e);
              }
            });

    assertThatThrownBy(thread::join).hasCauseInstanceOf(IllegalStateException.class);
    assertThat(path.join()).doesNotExist();
  }

  @Test
  void anotherThreadThanItsMakerMayCloseIt() throws IOException {
    TempDirectory tree =
        CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return TempDirectory.create(options());
                  } catch (IOException e) {
                    throw new CompletionException(e);
                  }
                })
            .join();
    assertThat(tree.path()).isDirectory();

    tree.close();

    assertThat(tree.path()).doesNotExist();
  }

  @Test
  void keptItIsTheCallersToRemove() throws IOException {
    Path kept;
    try (TempDirectory tree = TempDirectory.create(options())) {
      kept = tree.keep();
    }

    assertThat(kept).isEmptyDirectory();
    Files.delete(kept);
  }

  @Test
  void aTreeThatIsGoneAddsNoFailureToThatOfTheBlock() {
    assertThatThrownBy(
            () -> {
              try (TempDirectory tree = TempDirectory.create(options())) {
                Files.delete(tree.path());
                throw new IllegalStateException("thrown");
              }
            })
        .isInstanceOf(IllegalStateException.class)
        .hasNoSuppressedExceptions();
  }

  @ParameterizedTest
  @CsvSource({"true, false", "true, true", "false, false", "false, true"})
  void itStaysOnlyIfCleanupIsOffAtTheEnd(boolean atFirst, boolean switched) throws IOException {
    TempDirectory tree = TempDirectory.create(options().cleanup(atFirst));
    if (switched) {
      tree.cleanup(!atFirst);
    }

    tree.close();

    assertThat(Files.exists(tree.path())).isEqualTo(atFirst == switched);
  }
}
