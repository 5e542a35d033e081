package io.github.niotmp.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HeapBudgetTest {
  private static final long MIB = 1 << 20;

  private final String prefix = "test.memoryShare." + UUID.randomUUID() + ".";

  @Test
  void bytesAreTakenUpToTheLimitAndNotBeyond() {
    HeapBudget budget = budget(10 * MIB);

    assertThat(budget.tryAcquire(10 * MIB)).isTrue();
    assertThat(budget.tryAcquire(1)).isFalse();
    budget.release(1);
    assertThat(budget.tryAcquire(2)).isFalse();
    assertThat(budget.tryAcquire(1)).isTrue();
    assertThat(budget.used()).isEqualTo(10 * MIB);
    budget.release(10 * MIB);
    budget.releaseIfUnused();
  }

  @Test
  void anEighthOfTheLimitCanBeOverdrawn() {
    HeapBudget budget = budget(8 * MIB);
    assertThat(budget.tryAcquire(8 * MIB)).isTrue();

    assertThat(budget.tryOverdraw(MIB + 1)).isFalse();
    assertThat(budget.tryOverdraw(MIB)).isTrue();
    assertThat(budget.tryOverdraw(1)).isFalse();
    assertThat(budget.tryAcquire(1)).isFalse();
    budget.release(2 * MIB);
    assertThat(budget.tryAcquire(MIB)).isTrue();
    giveAll(budget);
  }

  @Test
  void withoutThePropertyAQuarterOfTheHeapIsTheLimit() {
    assertThat(HeapBudget.configured(null)).isEqualTo(Runtime.getRuntime().maxMemory() / 4);
  }

  @Test
  void thePropertyTakesTheSizesThatSettingsTake() {
    assertThat(HeapBudget.configured("3MiB")).isEqualTo(3 * MIB);
    assertThat(HeapBudget.configured("1048576")).isEqualTo(MIB);
    assertThat(budget(HeapBudget.configured("unlimited")).limit())
        .isEqualTo(Runtime.getRuntime().maxMemory() / 4 * 3);
  }

  @Test
  void thePropertyTakesAShareOfTheHeap() {
    long heap = Runtime.getRuntime().maxMemory();
    assertThat(HeapBudget.configured("25%")).isEqualTo(heap / 4);
    assertThat(HeapBudget.configured("1%")).isEqualTo(Math.max(MIB, heap / 100));
    assertThat(budget(HeapBudget.configured("100%")).limit()).isEqualTo(heap / 4 * 3);
    assertThat(ByteSize.parse("1%", 50)).isZero();
    assertThat(ByteSize.parse("33%", 1_000)).isEqualTo(330);
    assertThat(ByteSize.parse("100%", Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0%", "101%", "1000%", "-1%", "x%", "12.5%", "%", " 5%", "5 %", "05%", "5%%", "5", "\u0661%"
      })
  void aPropertyThatIsNoShareIsRefused(String text) {
    assertThatThrownBy(() -> HeapBudget.configured(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is '" + text + "'")
        .hasMessageContaining("from 1% to 100% of the maximum heap");
  }

  @Test
  void aPropertyThatIsNoSizeIsRefusedWithItsNameAndTheAllowedValues() {
    assertThatThrownBy(() -> HeapBudget.configured("3 MB"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "System property 'io.github.niotmp.memoryBudget' is '3 MB'; allowed: 1MiB or more"
                + " bytes, such as 67108864, 256MiB, 2GiB, or unlimited; or a share, from 1% to 100%"
                + " of the maximum heap");
    assertThatThrownBy(() -> HeapBudget.configured("0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is '0'");
    assertThatThrownBy(() -> HeapBudget.configured("9999999999GiB"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'9999999999GiB'");
  }

  @Test
  void twoLoadersDivideOneLimit() {
    HeapBudget first = budget(64 * MIB);
    HeapBudget second = budget(64 * MIB);
    try {
      assertThat(first.tryAcquire(40 * MIB)).isTrue();

      assertThat(second.tryAcquire(30 * MIB)).isFalse();
      assertThat(second.tryAcquire(20 * MIB)).isTrue();
      assertThat(first.tryAcquire(10 * MIB)).isFalse();
    } finally {
      giveAll(first, second);
    }
  }

  @Test
  void theShareThatALoaderNoLongerUsesIsFreeForTheOthers() {
    HeapBudget first = budget(64 * MIB);
    HeapBudget second = budget(64 * MIB);
    try {
      assertThat(first.tryAcquire(60 * MIB)).isTrue();
      assertThat(second.tryAcquire(50 * MIB)).isFalse();

      first.release(60 * MIB);

      assertThat(second.tryAcquire(50 * MIB)).isTrue();
    } finally {
      giveAll(first, second);
    }
  }

  @Test
  void anUnusedBudgetReleasesItsShareAndAUsedOneDoesNot() {
    HeapBudget budget = budget(64 * MIB);
    assertThat(budget.tryAcquire(1)).isTrue();
    assertThat(shares()).hasSize(1);

    budget.releaseIfUnused();
    assertThat(shares()).hasSize(1);

    budget.release(1);
    budget.releaseIfUnused();
    assertThat(shares()).isEmpty();

    assertThat(budget.tryAcquire(1)).isTrue();
    assertThat(shares()).hasSize(1);
    giveAll(budget);
  }

  @Test
  void sharesWithoutAShareEndWithoutAFailure() {
    LoaderShares none = new LoaderShares(prefix);

    none.end();

    assertThat(shares()).isEmpty();
  }

  @Test
  void aShareThatIsNoNumberIsIgnored() {
    HeapBudget budget = budget(64 * MIB);
    System.setProperty(prefix + "other", "many");
    System.getProperties().put(prefix + "number", 5);
    System.getProperties().put(7, "key of another kind");
    try {
      assertThat(budget.tryAcquire(64 * MIB)).isTrue();
    } finally {
      System.clearProperty(prefix + "other");
      System.getProperties().remove(prefix + "number");
      System.getProperties().remove(7);
      giveAll(budget);
    }
  }

  @Test
  void theSharesOfThreadsThatTakeAndGiveNeverExceedTheLimit() throws Exception {
    long limit = 16 * MIB;
    List<HeapBudget> budgets = List.of(budget(limit), budget(limit));
    AtomicLong taken = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Long>> most = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        HeapBudget budget = budgets.get(i % 2);
        most.add(threads.submit(takingAndGiving(budget, taken)));
      }
      for (Future<Long> one : most) {
        assertThat(one.get()).isLessThanOrEqualTo(limit);
      }
      assertThat(budgets).allSatisfy(budget -> assertThat(budget.used()).isZero());
    } finally {
      threads.shutdown();
      budgets.forEach(HeapBudgetTest::giveAll);
    }
  }

  /** Returns the largest sum that it has seen. */
  private static Callable<Long> takingAndGiving(HeapBudget budget, AtomicLong taken) {
    return () -> {
      long most = 0;
      for (int i = 0; i < 50_000; i++) {
        long bytes = ThreadLocalRandom.current().nextLong(8 * MIB);
        if (budget.tryAcquire(bytes)) {
          most = Math.max(most, taken.addAndGet(bytes));
          taken.addAndGet(-bytes);
          budget.release(bytes);
        }
      }
      return most;
    };
  }

  private HeapBudget budget(long limit) {
    return new HeapBudget(limit, new LoaderShares(prefix));
  }

  @Test
  void theUseOfAllIsThatOfOneLoaderAndTheSharesOfTheOthers() {
    HeapBudget one = budget(100 << 20);
    HeapBudget other = budget(100 << 20);
    assertThat(one.usedByAll()).isZero();

    assertThat(one.tryAcquire(5 << 20)).isTrue();
    assertThat(other.tryAcquire(7 << 20)).isTrue();

    assertThat(one.usedByAll()).isBetween(12L << 20, 100L << 20);
    assertThat(other.usedByAll()).isBetween(12L << 20, 100L << 20);
    giveAll(one, other);
    assertThat(one.usedByAll()).isZero();
  }

  private List<String> shares() {
    return System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  private static void giveAll(HeapBudget... budgets) {
    for (HeapBudget budget : budgets) {
      budget.release(budget.used());
      budget.releaseIfUnused();
    }
  }
}
