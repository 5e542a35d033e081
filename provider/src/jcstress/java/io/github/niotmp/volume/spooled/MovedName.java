package io.github.niotmp.volume.spooled;

import io.github.niotmp.path.Replace;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Look-ups take no lock: they see a move through the map and the mark in it alone. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Moved between the look-ups.")
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "Not moved yet.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "Moved before.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "Gone, and not there.")
@State
public class MovedName {
  private final SmallVolume volume = new SmallVolume();

  public MovedName() {
    volume.open("/old");
  }

  @Actor
  public void move() {
    SmallVolume.run(
        () ->
            volume.root.rename(
                SmallVolume.path("/old"), volume.root, SmallVolume.path("/new"), Replace.NEVER));
  }

  @Actor
  public void look(ZZ_Result seen) {
    seen.r1 = volume.root.exists(SmallVolume.path("/old"), false);
    seen.r2 = volume.root.exists(SmallVolume.path("/new"), false);
  }
}
