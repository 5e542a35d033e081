package io.github.niotmp.benchmarks.report;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;

/**
 * A statistic of samples, with its bootstrap confidence interval.
 *
 * @param value the statistic of the medians
 * @param low the lower end of the 95 percent interval
 * @param high the upper end
 */
record Estimate(double value, double low, double high) {
  private static final int DRAWS = 1_000;

  static Estimate median(double[] samples) {
    return of(samples, samples, (median, same) -> median);
  }

  static Estimate ratio(double[] samples, double[] others) {
    return of(samples, others, (one, other) -> one / other);
  }

  static Estimate difference(double[] samples, double[] others) {
    return of(samples, others, (one, other) -> one - other);
  }

  private static Estimate of(double[] samples, double[] others, DoubleBinaryOperator number) {
    Random random = new Random(1); // a fixed seed gives the same table for the same samples
    double[] drawn = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      drawn[i] =
          number.applyAsDouble(
              medianOf(drawAgain(samples, random)), medianOf(drawAgain(others, random)));
    }
    Arrays.sort(drawn);
    return new Estimate(
        number.applyAsDouble(medianOf(samples), medianOf(others)),
        drawn[DRAWS / 40],
        drawn[DRAWS - 1 - DRAWS / 40]);
  }

  private static double[] drawAgain(double[] samples, Random random) {
    double[] drawn = new double[samples.length];
    Arrays.setAll(drawn, i -> samples[random.nextInt(samples.length)]);
    return drawn;
  }

  static double medianOf(double[] samples) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
