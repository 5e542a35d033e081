package io.github.niotmp.benchmarks.report;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An upper bound for a measured value.
 *
 * @param label the measured work, the peer, and the unit unless the value is a ratio
 * @param measured computes the value, or null if a benchmark that it needs did not run
 * @param atMost the largest acceptable value
 */
record Target(String label, Function<Results, @Nullable Estimate> measured, double atMost) {
  private static final String US = "TMP";

  /** The time of nio-tmp as a ratio of a peer's. */
  static Target of(String peer, Work work, double atMost) {
    return new Target(work + ", of " + peer, results -> ratio(results, work, peer), atMost);
  }

  /** The time of nio-tmp as a ratio of the best peer's. */
  static Target ofBest(Work work, double atMost) {
    return new Target(
        work + ", of the best peer",
        results -> {
          String best = results.bestPeer(work);
          return best == null ? null : ratio(results, work, best);
        },
        atMost);
  }

  /** The time of nio-tmp as a ratio of its time for another work. */
  static Target ofOther(Work work, Work other, double atMost) {
    return new Target(
        work + ", of " + other,
        results -> {
          double[] ours = results.nanos(work, US);
          double[] others = results.nanos(other, US);
          return ours == null || others == null ? null : Estimate.ratio(ours, others);
        },
        atMost);
  }

  /** The time of nio-tmp in nanoseconds. */
  static Target nanos(Work work, double atMost) {
    return new Target(work + ", ns", results -> median(results.nanos(work, US)), atMost);
  }

  /** The time of nio-tmp minus a peer's, in nanoseconds. */
  static Target nanosOver(String other, Work work, double atMost) {
    return new Target(
        work + ", ns over " + other,
        results -> {
          double[] ours = results.nanos(work, US);
          double[] others = results.nanos(work, other);
          return ours == null || others == null ? null : Estimate.difference(ours, others);
        },
        atMost);
  }

  /** The bytes that nio-tmp allocates for an operation. */
  static Target allocated(Work work, double atMost) {
    return new Target(
        work + ", bytes allocated", results -> median(results.allocated(work, US)), atMost);
  }

  /** The bytes of heap that nio-tmp keeps for a file. */
  static Target kept(Work work, double atMost) {
    return new Target(work + ", bytes kept", results -> median(results.kept(work, US)), atMost);
  }

  private static @Nullable Estimate ratio(Results results, Work work, String peer) {
    double[] ours = results.nanos(work, US);
    double[] theirs = results.nanos(work, peer);
    return ours == null || theirs == null ? null : Estimate.ratio(ours, theirs);
  }

  private static @Nullable Estimate median(double @Nullable [] samples) {
    return samples == null ? null : Estimate.median(samples);
  }
}
