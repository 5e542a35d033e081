package io.github.niotmp.benchmarks.report;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** The samples of all rounds, one for each iteration, by work and peer. */
final class Results {
  /** The samples of one peer for one work. */
  private static final class Cost {
    private double[] nanos = {};
    private double[] allocated = {};
    private double[] kept = {};

    void add(BenchmarkResult fork) {
      double[] more =
          fork.getIterationResults().stream()
              .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
              .toArray();
      nanos = joined(nanos, more);
      allocated = joined(allocated, secondary(fork, "gc.alloc.rate.norm"));
      kept = joined(kept, secondary(fork, "heapBytes"));
    }

    private static double[] joined(double[] some, double[] more) {
      return DoubleStream.concat(Arrays.stream(some), Arrays.stream(more)).toArray();
    }
  }

  private final NavigableMap<Work, NavigableMap<String, Cost>> costs = new TreeMap<>();

  void add(RunResult run) {
    BenchmarkParams benchmark = run.getParams();
    NavigableMap<String, Cost> ofWork =
        costs.computeIfAbsent(Work.of(benchmark), work -> new TreeMap<>());
    Cost cost = ofWork.computeIfAbsent(Work.doer(benchmark), doer -> new Cost());
    run.getBenchmarkResults().forEach(cost::add);
  }

  @SuppressWarnings("rawtypes") // JMH declares the raw type
  private static double[] secondary(BenchmarkResult fork, String label) {
    DoubleStream.Builder scores = DoubleStream.builder();
    for (IterationResult iteration : fork.getIterationResults()) {
      for (Map.Entry<String, Result> result : iteration.getSecondaryResults().entrySet()) {
        if (result.getKey().endsWith(label)) {
          scores.add(result.getValue().getScore());
        }
      }
    }
    return scores.build().toArray();
  }

  NavigableSet<Work> works() {
    return costs.navigableKeySet();
  }

  /**
   * Returns the nanoseconds of an operation, one sample an iteration, or null if it did not run.
   */
  double @Nullable [] nanos(Work work, String doer) {
    Cost cost = of(work).get(doer);
    return cost == null ? null : cost.nanos;
  }

  /** Returns the bytes that an operation allocated, or null without samples. */
  double @Nullable [] allocated(Work work, String doer) {
    Cost cost = of(work).get(doer);
    return cost == null || cost.allocated.length == 0 ? null : cost.allocated;
  }

  /** Returns the bytes of heap that each file kept, or null without samples. */
  double @Nullable [] kept(Work work, String doer) {
    Cost cost = of(work).get(doer);
    return cost == null || cost.kept.length == 0 ? null : cost.kept;
  }

  /** Returns the fastest peer apart from nio-tmp and the limit, or null if none ran. */
  @Nullable String bestPeer(Work work) {
    String best = null;
    double least = Double.POSITIVE_INFINITY;
    for (Map.Entry<String, Cost> peer : of(work).entrySet()) {
      if (!peer.getKey().equals("TMP") && !peer.getKey().equals(Work.LIMIT)) {
        double median = Estimate.medianOf(peer.getValue().nanos);
        if (median < least) {
          least = median;
          best = peer.getKey();
        }
      }
    }
    return best;
  }

  private NavigableMap<String, Cost> of(Work work) {
    return costs.getOrDefault(work, new TreeMap<>());
  }
}
