package io.github.niotmp.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UsageTest {
  @Test
  void twoThatDifferInOneNumberAreNotEqual() {
    Set<Usage> all = new HashSet<>(Set.of(zeros()));
    for (Figure figure : Figure.values()) {
      Usage one = zeros().with(figure, 1);
      assertThat(one)
          .isEqualTo(zeros().with(figure, 1))
          .hasSameHashCodeAs(zeros().with(figure, 1))
          .isNotEqualTo(zeros());
      all.add(one);
    }

    assertThat(all).hasSize(Figure.values().length + 1);
    assertThat(zeros()).isNotEqualTo("text");
  }

  @Test
  void theUsageOfAHostVolumeLacksTheNumbersOfMemoryThatItCannotTake() {
    Usage host = Usage.ofHost(1, 2, 3, 4);

    assertThat(host.filesOnHost()).isEqualTo(1);
    assertThat(host.names()).isEqualTo(2);
    assertThat(host)
        .hasToString(
            "Usage[files=1, filesInMemory=0, filesPacked=0, filesOnDisk=0, filesOnHost=1, names=2,"
                + " memoryBytes=0, memoryPeak=0, metadataBytes=0, diskBytes=3, size=3, rollovers=0,"
                + " descriptors=4]");
    assertThatThrownBy(host::memoryBudget)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("A file system with storage=host has no 'memoryBudget'");
    assertThatThrownBy(host::jvmMemoryBytes).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(host::jvmMemoryBudget).isInstanceOf(UnsupportedOperationException.class);
  }

  private static Usage zeros() {
    Map<Figure, Long> numbers = new EnumMap<>(Figure.class);
    for (Figure figure : Figure.values()) {
      numbers.put(figure, 0L);
    }
    return new Usage(numbers);
  }
}
