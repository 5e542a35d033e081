package io.github.niotmp.content;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * A file looks without the lock of the ring whether it is in it, while others change whom it stands
 * next to.
 */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "In the ring.")
@Outcome(id = "false", expect = Expect.FORBIDDEN, desc = "Taken for out of it.")
@State
public class RingOfFiles {
  private final ContentStore store =
      new ContentStore(
          new ContentSettings(1 << 10, 1 << 20, Long.MAX_VALUE, Long.MAX_VALUE),
          new SpillDirectory(null, null),
          new FileSystemEvents("test"));

  private final FileContent file = store.newFile();
  private final FileContent other = store.newFile();

  public RingOfFiles() {
    store.cold().add(file);
    store.cold().add(other);
  }

  @Actor
  public void change() {
    store.cold().remove(other);
    store.cold().add(other);
  }

  @Actor
  public void look(Z_Result in) {
    in.r1 = file.isInRing();
  }
}
