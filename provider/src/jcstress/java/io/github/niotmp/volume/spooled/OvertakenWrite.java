package io.github.niotmp.volume.spooled;

import io.github.niotmp.volume.OpenFile;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** A handle is closed by a flag that writers read before they write. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Closed first.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Written first.")
@Outcome(id = "0, 1", expect = Expect.FORBIDDEN, desc = "Written after the close.")
@State
public class OvertakenWrite {
  private final SmallVolume volume = new SmallVolume();
  private final OpenFile file = volume.open("/file");
  private final OpenFile other = volume.open("/file");

  @Actor
  public void write() {
    SmallVolume.unlessClosed(() -> file.append(new byte[1], 0, 1));
  }

  @Actor
  public void close(JJ_Result size) {
    SmallVolume.run(file::close);
    SmallVolume.run(() -> size.r1 = other.size());
  }

  @Arbiter
  public void look(JJ_Result size) {
    SmallVolume.run(() -> size.r2 = other.size());
  }
}
