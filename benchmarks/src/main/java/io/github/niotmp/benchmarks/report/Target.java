package io.github.niotmp.benchmarks.report;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is to be reached.
 *
 * @param label what is measured, of what, and its unit if it is no ratio
 * @param measured null if something it needs did not run
 * @param atMost the largest value that will do
 */
record Target(String label, Function<Results, @Nullable Estimate> measured, double atMost) {
  private static final String US = "TMP";

  /** Our time as a ratio of another's. */
  static Target of(String peer, Work work, double atMost) {
    return new Target(work + ", of " + peer, results -> ratio(results, work, peer), atMost);
  }

  /** Our time as a ratio of that of the best peer. */
  static Target ofBest(Work work, double atMost) {
    return new Target(
        work + ", of the best peer",
        results -> {
          String best = results.bestPeer(work);
          return best == null ? null : ratio(results, work, best);
        },
        atMost);
  }

  /** Our time as a ratio of our time for another work. */
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

  /** Our time in nanoseconds. */
  static Target nanos(Work work, double atMost) {
    return new Target(work + ", ns", results -> median(results.nanos(work, US)), atMost);
  }

  /** Our time less that of another, in nanoseconds. */
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

  /** What we allocate for an operation, in bytes. */
  static Target allocated(Work work, double atMost) {
    return new Target(
        work + ", bytes allocated", results -> median(results.allocated(work, US)), atMost);
  }

  /** What we keep for a file, in bytes. */
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
