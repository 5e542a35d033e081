package io.github.niotmp.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.content.ContentSettings;
import io.github.niotmp.content.ContentStore;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.path.NamedOwner;
import io.github.niotmp.path.PathOwner;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.threads.WaitingThread;
import java.io.IOException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A name while it gets its file, or does not. */
@Timeout(60)
class MarkedNamesTest {
  private static final PathOwner OWNER = new NamedOwner("x");

  private final ContentStore store =
      new ContentStore(
          new ContentSettings(Long.MAX_VALUE, 1 << 20, Long.MAX_VALUE, Long.MAX_VALUE),
          new SpillDirectory(null, null),
          new FileSystemEvents("test"));
  private final Tree tree = new Tree(store, 2, false, null);
  private final Directory root = tree.root();

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void whoLooksForANameWaitsForItsFile() throws Exception {
    Directory made = tree.newDirectory();
    FutureTask<@Nullable Node> look = new FutureTask<>(() -> root.child("a"));
    root.lock.lock();
    try {
      root.countName("a", path("/a"));
      root.mark("a");
      WaitingThread.start(look);
      root.put("a", made);
    } finally {
      root.lock.unlock();
    }
    assertThat(look.get(30, TimeUnit.SECONDS)).isSameAs(made);
  }

  @Test
  void aFileWhoseLastNameGoesAsItIsLinkedGetsNoNewOne() throws IOException {
    RegularFile file = tree.newFile();
    assertThat(root.add("a", file, path("/a"))).isNull();
    file.close(null);
    Walk a = walk("/a");
    Walk b = walk("/b");
    file.dropName(); // somebody removes it, right after it is seen that it is still there

    assertThat(tree.link(a, path("/a"), b, path("/b"))).isFalse();

    assertThat(root.child("b")).isNull();
    assertThat(root.add("c", tree.newDirectory(), path("/c")))
        .as("the limit of two names")
        .isNull();
  }

  private Walk walk(String path) {
    return tree.walk(root, path(path), false);
  }

  private static TmpPath path(String text) {
    return TmpPath.of(OWNER, text);
  }
}
