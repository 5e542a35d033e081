package io.github.niotmp.volume.spooled;

import static io.github.niotmp.volume.spooled.Linearizability.answer;

import io.github.niotmp.path.Replace;
import io.github.niotmp.tree.Node;
import io.github.niotmp.tree.Tree;
import io.github.niotmp.volume.AttributeChange;
import java.io.IOException;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever threads do to names in directories that stay, it is as if they had done it one after the
 * other.
 *
 * <p>Not asked is what nobody promises: a listing, which is weakly consistent; the number of links,
 * which is that of the names before or after; and a path through a directory that is itself moved,
 * which is looked up name by name, as on Linux.
 */
@Tag("linearizability")
class NamesLinearizabilityTest {

  @Test
  void everyStepOfTheChangesOfNamesIsAsIfTheyWereOne() {
    Linearizability.modelChecking().check(Names.class);
  }

  @Test
  void threadsThatChangeNamesDoSoOneAfterTheOther() {
    Linearizability.stress().check(Names.class);
  }

  /** Two names in each of two directories. Files are told apart by their permissions. */
  @Param(name = "path", gen = IntGen.class, conf = "0:3")
  @Param(name = "tag", gen = IntGen.class, conf = "1:3")
  public static final class Names {
    private static final List<String> PATHS = List.of("/a", "/b", "/d/a", "/d/b");

    private final TestVolume volume = new TestVolume();

    /** Makes the lower directory. */
    public Names() throws IOException {
      volume.makeDirectory("/d");
    }

    @Operation
    public String createFile(@Param(name = "path") int path, @Param(name = "tag") int tag)
        throws IOException {
      AttributeChange mode = new AttributeChange.Mode(0600 + tag);
      return answer(
          () ->
              volume
                  .root
                  .open(TestVolume.path(PATHS.get(path)), TestVolume.CREATE_NEW, List.of(mode))
                  .close());
    }

    @Operation
    public String createDirectory(@Param(name = "path") int path) throws IOException {
      return answer(() -> volume.makeDirectory(PATHS.get(path)));
    }

    @Operation
    public String delete(@Param(name = "path") int path) throws IOException {
      return answer(() -> volume.delete(PATHS.get(path)));
    }

    @Operation
    public String move(@Param(name = "path") int from, @Param(name = "path") int to)
        throws IOException {
      return move(from, to, Replace.NEVER);
    }

    @Operation
    public String moveReplacing(@Param(name = "path") int from, @Param(name = "path") int to)
        throws IOException {
      return move(from, to, Replace.EXISTING);
    }

    @Operation
    public String moveAtomically(@Param(name = "path") int from, @Param(name = "path") int to)
        throws IOException {
      return move(from, to, Replace.ATOMIC);
    }

    private String move(int from, int to, Replace replace) throws IOException {
      return answer(() -> volume.move(PATHS.get(from), PATHS.get(to), replace));
    }

    @Operation
    public String link(@Param(name = "path") int link, @Param(name = "path") int existing)
        throws IOException {
      return answer(
          () ->
              volume.root.createLink(
                  TestVolume.path(PATHS.get(link)), TestVolume.path(PATHS.get(existing))));
    }

    @Operation
    public String look(@Param(name = "path") int path) {
      Tree tree = volume.volume.tree();
      Node node = tree.walk(tree.root(), TestVolume.path(PATHS.get(path)), false).node();
      return node == null ? "nothing" : Integer.toOctalString(node.mode());
    }
  }
}
