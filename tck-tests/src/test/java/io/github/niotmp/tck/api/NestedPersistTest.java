package io.github.niotmp.tck.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.PersistOptions;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of the owner that a listener of the progress makes. */
class NestedPersistTest {
  @TempDir Path directory;

  private final AtomicInteger calls = new AtomicInteger();

  private PersistOptions calling(ThrowingCallable nested) {
    return PersistOptions.defaults()
        .progress(
            (done, total) -> {
              calls.incrementAndGet();
              assertThatThrownBy(nested)
                  .isExactlyInstanceOf(IllegalStateException.class)
                  .hasMessageEndingWith("is being persisted by this thread");
            });
  }

  @Test
  void aFileThatIsBeingPersistedIsNotPersistedOnceMore() throws IOException {
    Path target = directory.resolve("target");
    try (TempFile file = TempFile.of(new ByteArrayInputStream(new byte[100_000]))) {
      file.persist(target, calling(() -> file.persist(directory.resolve("other"))));
    }

    assertThat(calls).hasPositiveValue();
    assertThat(target).hasSize(100_000);
    assertThat(directory.resolve("other")).doesNotExist();
  }

  @Test
  void aTreeThatIsBeingPersistedIsNotPersistedOnceMore() throws IOException {
    Path target = directory.resolve("target");
    try (TempDirectory tree = TempDirectory.create()) {
      Files.write(tree.path().resolve("file"), new byte[100_000]);
      tree.persist(target, calling(() -> tree.persist(directory.resolve("other"))));
    }

    assertThat(calls).hasPositiveValue();
    assertThat(target.resolve("file")).hasSize(100_000);
    assertThat(directory.resolve("other")).doesNotExist();
  }
}
