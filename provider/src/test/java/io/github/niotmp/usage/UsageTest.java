package io.github.niotmp.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UsageTest {
  private static final int NUMBERS = 13;

  @Test
  void twoThatDifferInOneNumberAreNotEqual() {
    Usage zeros = usage(-1);
    Set<Usage> all = new HashSet<>(Collections.singleton(zeros));
    for (int i = 0; i < NUMBERS; i++) {
      assertThat(usage(i)).isEqualTo(usage(i)).hasSameHashCodeAs(usage(i)).isNotEqualTo(zeros);
      all.add(usage(i));
    }

    assertThat(all).hasSize(NUMBERS + 1);
    assertThat(zeros).isNotEqualTo("text");
  }

  /** Returns numbers that are all 0 but for one. */
  private static Usage usage(int other) {
    long[] n = new long[NUMBERS];
    if (other >= 0) {
      n[other] = 1;
    }
    return new Usage(
        n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11], n[12]);
  }
}
