package io.github.niotmp.volume.spooled;

import io.github.niotmp.account.Accounts;
import io.github.niotmp.tree.Node;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What threads set of one file's attributes stays, whatever others set at the same time. */
@Tag("linearizability")
class AttributesLinearizabilityTest {

  @Test
  void everyStepOfTheChangesOfAttributesIsAsIfTheyWereOne() {
    Linearizability.modelChecking().check(Attributes.class);
  }

  @Test
  void threadsThatChangeAttributesDoSoOneAfterTheOther() {
    Linearizability.stress().check(Attributes.class);
  }

  /** Those attributes of a file that depend on each other, or are changed in part. */
  @Param(name = "value", gen = IntGen.class, conf = "1:" + Attributes.LATEST)
  public static final class Attributes {
    static final int LATEST = 7;

    static {
      Accounts.uid(); // looks at the host, once
    }

    private final Node node = new TestVolume().volume.tree().newDirectory();

    @Operation
    public void setCreationTime(@Param(name = "value") int time) {
      node.setCreationTime(time);
    }

    @Operation
    public void setAccessTime(@Param(name = "value") int time) {
      node.setAccessTime(time);
    }

    /** Returns the time somebody set, or -1 as long as it is that of the creation. */
    @Operation
    public long accessTime() {
      long created = node.creationTime();
      long time = node.rare().accessTime(created);
      return time > LATEST ? -1 : time;
    }

    @Operation
    public void setOwner(@Param(name = "value") int uid) {
      node.changeOwnership(old -> old.withUser(old.user(), uid));
    }

    @Operation
    public void setGroup(@Param(name = "value") int gid) {
      node.changeOwnership(old -> old.withGroup(old.group(), gid));
    }

    @Operation
    public int owner() {
      return node.ownership().uid();
    }

    @Operation
    public int group() {
      return node.ownership().gid();
    }

    @Operation
    public void setPermissions(@Param(name = "value") int bits) {
      node.setPermissions(bits);
    }

    @Operation
    public void clearPermissions(@Param(name = "value") int bits) {
      node.clearPermissions(bits);
    }

    @Operation
    public int permissions() {
      return node.permissions();
    }

    @Operation
    public void setFlags(@Param(name = "value") int flags) {
      node.setDosFlags(0, flags);
    }

    @Operation
    public int flags() {
      return node.rare().dosFlags();
    }
  }
}
