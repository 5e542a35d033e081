package io.github.niotmp.volume.spooled;

import static io.github.niotmp.volume.spooled.TestVolume.CREATE;
import static io.github.niotmp.volume.spooled.TestVolume.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.path.Replace;
import io.github.niotmp.volume.DirectoryHandle;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A directory that was removed while a handle on it is open: empty, nameless, and to stay so. */
class RemovedDirectoryTest {
  private final TestVolume volume = new TestVolume();

  @SuppressWarnings("NullAway.Init") // opened before each test
  private DirectoryHandle removed;

  @BeforeEach
  void remove() throws IOException {
    volume.makeDirectory("/d");
    removed = volume.root.openDirectory(path("/d"), true);
    volume.delete("/d");
  }

  @AfterEach
  void close() throws IOException {
    volume.close();
  }

  @Test
  void noFileIsCreatedInIt() throws IOException {
    volume.create("/f");
    volume.makeDirectory("/e");

    assertMissing(() -> removed.open(path("f"), CREATE, List.of()));
    assertMissing(() -> removed.createDirectory(path("f"), List.of()));
    assertMissing(() -> removed.createSymbolicLink(path("f"), path("/f"), List.of()));
    assertMissing(() -> removed.createLink(path("f"), path("/f")));
    for (Replace replace : Replace.values()) {
      assertMissing(() -> volume.root.rename(path("/f"), removed, path("f"), replace));
      assertMissing(() -> volume.root.rename(path("/e"), removed, path("e"), replace));
    }

    assertThat(removed.names()).isExhausted();
    assertThat(volume.names("/")).containsExactly("e", "f");
    assertThat(volume.volume.usage().files()).isOne();
  }

  @Test
  void itHasNoPath() {
    assertMissing(() -> removed.realPath(path(""), true));
    assertMissing(() -> removed.realPath(path(""), false));
    assertMissing(() -> removed.realPath(path("."), false));
  }

  @Test
  void itCannotBeWatched() {
    ChangeListener none =
        (change, name) -> {
          throw new AssertionError(change + " " + name);
        };

    assertThatThrownBy(() -> removed.watch(path(""), none))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("/d");

    assertThat(volume.volume.watches()).isEmpty();
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void assertMissing(Step step) {
    assertThatThrownBy(step::run).isInstanceOf(NoSuchFileException.class);
  }
}
