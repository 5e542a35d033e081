package io.github.niotmp.volume.spooled;

import static io.github.niotmp.volume.spooled.TestVolume.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.path.Replace;
import io.github.niotmp.tree.Tree;
import io.github.niotmp.tree.Walk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A name that others change after it was looked up is used as it is by then. */
class OvertakenNamesTest {
  private final TestVolume volume = new TestVolume();
  private final Tree tree = volume.volume.tree();

  @BeforeEach
  void create() throws IOException {
    volume.create("/a");
  }

  @AfterEach
  void close() throws IOException {
    volume.close();
  }

  private Walk walk(String path) {
    return tree.walk(tree.root(), path(path), false);
  }

  @Test
  void aFileThatWasRenamedGetsNoLinkByItsOldName() throws IOException {
    Walk a = walk("/a");
    volume.move("/a", "/c", Replace.NEVER);

    assertThat(tree.link(a, path("/a"), walk("/b"), path("/b"))).isFalse();
    assertThat(volume.names("/")).isEqualTo(List.of("c"));
  }

  @Test
  void aFileThatWasReplacedGetsNoLinkByTheNameItHad() throws IOException {
    volume.create("/c");
    Walk a = walk("/a");
    volume.move("/c", "/a", Replace.ATOMIC);

    assertThat(tree.link(a, path("/a"), walk("/b"), path("/b"))).isFalse();
    assertThat(volume.names("/")).isEqualTo(List.of("a"));
  }

  @Test
  void aLinkToAFileThatHasGoneIsNotRefusedForItsOwnName() throws IOException {
    Walk a = walk("/a");
    volume.delete("/a");
    volume.create("/b");

    assertThat(tree.link(a, path("/a"), walk("/b"), path("/b"))).isFalse();
  }

  @Test
  void aMoveThatAnotherThreadHasMadeFails() throws IOException {
    Walk a = walk("/a");
    volume.move("/a", "/b", Replace.NEVER);
    Walk b = walk("/b");

    assertThatThrownBy(() -> tree.rename(a, path("/a"), b, path("/b"), Replace.NEVER))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aMoveOfAFileThatHasGoneIsNotRefusedForItsTarget() throws IOException {
    Walk a = walk("/a");
    volume.delete("/a");
    volume.create("/b");
    Walk b = walk("/b");

    assertThatThrownBy(() -> tree.rename(a, path("/a"), b, path("/b"), Replace.NEVER))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aMoveReplacesADirectoryThatWasEmptiedSinceItWasLookedUp() throws IOException {
    volume.makeDirectory("/b");
    volume.create("/b/c");
    Walk b = walk("/b");
    volume.delete("/b/c");

    tree.rename(walk("/a"), path("/a"), b, path("/b"), Replace.EXISTING);

    assertThat(volume.names("/")).isEqualTo(List.of("b"));
  }
}
