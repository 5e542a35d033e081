package io.github.niotmp.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.content.ContentSettings;
import io.github.niotmp.content.ContentStore;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.NamedOwner;
import io.github.niotmp.path.PathOwner;
import io.github.niotmp.path.Replace;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.threads.WaitingThread;
import java.io.IOException;
import java.util.List;
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
  void aLookUpOfAPendingNameWaitsForItsFile() throws Exception {
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
  void aFileThatLosesItsLastNameDuringALinkGetsNoNewName() throws IOException {
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

  @Test
  void aLongPathIsLookedUpAsFarAsItExists() throws IOException {
    Tree deep = new Tree(store, Long.MAX_VALUE, true, null);
    Directory top = deep.root();
    Directory open = deep.newDirectory();
    open.setPermissions(0700);
    RegularFile file = deep.newFile();
    assertThat(top.add("d", open, path("/d"))).isNull();
    assertThat(open.add("f", file, path("/d/f"))).isNull();
    assertThat(top.add("l", deep.newSymbolicLink(path("/d"), path("/l")), path("/l"))).isNull();
    String rest = "/x".repeat(3_000);

    for (String missing :
        List.of("/gone" + rest, "/d/gone" + rest, "gone" + rest, "/d/../gone" + rest)) {
      assertThat(deep.find(top, path(missing), true)).isNull();
      assertThat(deep.walk(top, path(missing), true).miss()).isEqualTo(Errno.NO_SUCH_FILE);
    }
    for (String belowFile : List.of("/d/f" + rest, "/d/./f" + rest, "/l/f" + rest)) {
      assertThat(deep.find(top, path(belowFile), true)).isNull();
      assertThat(deep.walk(top, path(belowFile), true).miss()).isEqualTo(Errno.NOT_A_DIRECTORY);
    }
    assertThat(deep.walk(top, path("/" + "n".repeat(300) + rest), true).miss())
        .isEqualTo(Errno.NAME_TOO_LONG);
    assertThat(deep.find(top, path("/d" + "/.".repeat(3_000) + "/f"), true)).isNull();
    assertThat(deep.walk(top, path("/d" + "/.".repeat(3_000) + "/f"), true).node()).isSameAs(file);
    file.close(null);
  }

  @Test
  void aDeepPathIsLookedUpAnewOnceADirectoryOnItHasMoved() throws IOException {
    Tree deep = new Tree(store, Long.MAX_VALUE, false, null);
    Directory top = deep.root();
    Directory at = top;
    TmpPath path = path("/");
    for (int i = 0; i < 100; i++) {
      Directory next = deep.newDirectory();
      path = path.resolve("d" + i);
      assertThat(at.add("d" + i, next, path)).isNull();
      at = next;
    }
    TmpPath link = path.resolve("link");
    assertThat(at.add("link", deep.newSymbolicLink(path("/d0"), link), link)).isNull();

    assertThat(deep.find(top, path, true)).isSameAs(at);
    assertThat(deep.find(top, link, true)).as("it takes a walk to follow").isNull();
    assertThat(deep.find(top, link, false)).isInstanceOf(SymbolicLink.class);
    assertThat(deep.walk(top, link, true).node()).isSameAs(top.child("d0"));
    assertThat(deep.find(top, path.resolve("missing"), true)).isNull();

    deep.rename(
        deep.walk(top, path("/d0"), false),
        path("/d0"),
        deep.walk(top, path("/moved"), false),
        path("/moved"),
        Replace.NEVER);

    assertThat(deep.find(top, path, true)).isNull();
    assertThat(deep.find(top, link, false)).isNull();
    assertThat(deep.walk(top, link, false).miss()).isEqualTo(Errno.NO_SUCH_FILE);
  }

  private Walk walk(String path) {
    return tree.walk(root, path(path), false);
  }

  private static TmpPath path(String text) {
    return TmpPath.of(OWNER, text);
  }
}
