package io.github.niotmp.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EstimateTest {
  @Test
  void theMedianIsInTheMiddleOfWhatIsSorted() {
    assertThat(Estimate.median(new double[] {9, 1, 5}).value()).isEqualTo(5);
    assertThat(Estimate.median(new double[] {9, 1, 5, 3}).value()).isEqualTo(4);
  }

  @Test
  void aRatioIsThatOfTheMediansAndLiesWithinItsError() {
    Estimate ratio = Estimate.ratio(new double[] {1, 2, 90}, new double[] {4, 4, 4});

    assertThat(ratio.value()).isEqualTo(0.5);
    assertThat(ratio.low()).isBetween(0.25, 0.5);
    assertThat(ratio.high()).isBetween(0.5, 22.5);
  }

  @Test
  void whatNeverVariesHasNoError() {
    assertThat(Estimate.difference(new double[] {7, 7, 7}, new double[] {4, 4}))
        .isEqualTo(new Estimate(3, 3, 3));
  }
}
