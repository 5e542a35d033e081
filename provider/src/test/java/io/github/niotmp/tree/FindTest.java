package io.github.niotmp.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.content.ContentSettings;
import io.github.niotmp.content.ContentStore;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.path.NamedOwner;
import io.github.niotmp.path.PathOwner;
import io.github.niotmp.path.TmpPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The short way to look up beside the long one, in generated trees. */
class FindTest {
  private static final int TREES = 300;
  private static final int LOOK_UPS = 100;
  private static final List<String> NAMES =
      List.of("a", "b", "c", "d", "e", ".", "..", "n".repeat(256), "\u3042".repeat(86));
  private static final int PLAIN_NAMES = 5;

  private static final PathOwner OWNER = new NamedOwner("x");

  private final Random random = new Random(20_305);

  @Test
  void theShortLookUpFindsTheSameNodeAsAWalk() throws IOException {
    int found = 0;
    for (int i = 0; i < TREES; i++) {
      try (ContentStore store = store()) {
        Tree tree = new Tree(store, Long.MAX_VALUE, false, null);
        List<Directory> directories = grow(tree);
        for (int j = 0; j < LOOK_UPS; j++) {
          found += compare(tree, directories.get(random.nextInt(directories.size()))) ? 1 : 0;
        }
      }
    }
    assertThat(found).isGreaterThan(TREES * LOOK_UPS / 20);
  }

  private boolean compare(Tree tree, Directory start) {
    TmpPath path = path(5);
    boolean follow = random.nextBoolean();
    Node node = tree.find(start, path, follow);
    if (node == null) {
      return false; // which says nothing
    }
    Walk walk = tree.walk(start, path, follow);
    assertThat(node).as("%s, %s", path, follow).isSameAs(walk.node());
    assertThat(walk.fault()).as("%s, %s", path, follow).isNull();
    return true;
  }

  private List<Directory> grow(Tree tree) throws IOException {
    List<Directory> directories = new ArrayList<>(List.of(tree.root()));
    for (int i = 0; i < 14; i++) {
      Directory above = directories.get(random.nextInt(directories.size()));
      Node node = node(tree);
      String name = name(PLAIN_NAMES);
      if (above.add(name, node, TmpPath.of(OWNER, name)) == null
          && node instanceof Directory below) {
        directories.add(below);
      }
    }
    directories.stream()
        .filter(directory -> random.nextInt(6) == 0)
        .forEach(directory -> directory.setPermissions(random.nextInt(8) << 6));
    return directories;
  }

  private Node node(Tree tree) throws IOException {
    return switch (random.nextInt(4)) {
      case 0 -> tree.newFile();
      case 1 -> tree.newSymbolicLink(path(3), path(1));
      default -> tree.newDirectory();
    };
  }

  private TmpPath path(int mostNames) {
    TmpPath path = TmpPath.of(OWNER, random.nextBoolean() ? "/" : "");
    for (int i = random.nextInt(mostNames + 1); i > 0; i--) {
      path = path.resolve(name(random.nextInt(4) == 0 ? NAMES.size() : PLAIN_NAMES));
    }
    return path;
  }

  private String name(int choice) {
    return NAMES.get(random.nextInt(choice));
  }

  private static ContentStore store() {
    return new ContentStore(
        new ContentSettings(Long.MAX_VALUE, 1 << 20, Long.MAX_VALUE, Long.MAX_VALUE),
        new SpillDirectory(null, null),
        new FileSystemEvents("test"));
  }
}
