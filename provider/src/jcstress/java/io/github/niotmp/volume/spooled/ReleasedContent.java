package io.github.niotmp.volume.spooled;

import static io.github.niotmp.content.Anybody.ANYBODY;

import io.github.niotmp.tree.RegularFile;
import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * The first write makes the bytes, then looks whether the file is released; the last close releases
 * it, then looks for bytes. One of them sees what the other did.
 */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Given back.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Memory that nobody will give back.")
@State
public class ReleasedContent {
  private final SmallVolume volume = new SmallVolume();
  private final RegularFile file = volume.volume.tree().newFile();

  @Actor
  public void write() {
    SmallVolume.unlessClosed(() -> file.contentToWrite().write(ByteBuffer.allocate(1), 0, ANYBODY));
  }

  @Actor
  public void close() {
    SmallVolume.run(() -> file.close(null));
    SmallVolume.run(file::dropName); // the one it starts with
  }

  @Arbiter
  public void look(J_Result left) {
    left.r1 = volume.volume.usage().memoryBytes();
  }
}
