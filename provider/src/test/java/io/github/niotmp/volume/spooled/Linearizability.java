package io.github.niotmp.volume.spooled;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * How Lincheck looks for what three threads see and no order of their steps explains. Each scenario
 * is drawn at random; the model checker switches threads wherever one reads or writes what they
 * share, the stress test lets them run.
 */
final class Linearizability {
  /** Grows with the property {@code niotmp.lincheck.scenarios}. */
  private static final int SCENARIOS = Integer.getInteger("niotmp.lincheck.scenarios", 3);

  /** Grows with the property {@code niotmp.lincheck.runs}. */
  private static final int RUNS = Integer.getInteger("niotmp.lincheck.runs", 25);

  /**
   * What is taken for a hang. Half a minute, as it is by default, is little on a busy machine; the
   * only method that sets it is not meant for users.
   */
  private static final long MILLISECONDS_TO_HANG = 300_000;

  private Linearizability() {}

  static ModelCheckingOptions modelChecking() {
    return threeThreads(new ModelCheckingOptions())
        // it takes no method of Path, of the host or of the thread that frees collected handles,
        // and the budget of the JVM outlives a run
        .addGuarantee(
            forClasses("io.github.niotmp.path.TmpPath", "io.github.niotmp.path.Errno")
                .allMethods()
                .ignore())
        .addGuarantee(
            forClasses(
                    (String name) ->
                        name.startsWith("io.github.niotmp.host.")
                            || name.startsWith("io.github.niotmp.memory.")
                            || name.startsWith("io.github.niotmp.internal.cleanup."))
                .allMethods()
                .ignore())
        .addGuarantee(
            forClasses("io.github.niotmp.volume.spooled.Opening").methods("endsInDot").ignore());
  }

  static StressOptions stress() {
    return threeThreads(new StressOptions());
  }

  private static <O extends Options<O, ?>> O threeThreads(O options) {
    return options
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(2)
        .actorsAfter(1)
        .invocationTimeout$lincheck(MILLISECONDS_TO_HANG)
        .iterations(SCENARIOS)
        .invocationsPerIteration(RUNS);
  }

  /** Something that can fail. */
  interface Call {
    void run() throws IOException;
  }

  /** Makes a call, and returns how it ended: what Lincheck compares. */
  static String answer(Call call) throws IOException {
    try {
      call.run();
      return "done";
    } catch (FileSystemException | ClosedChannelException e) {
      return e.getClass().getSimpleName();
    }
  }
}
