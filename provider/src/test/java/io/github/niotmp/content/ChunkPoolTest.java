package io.github.niotmp.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.memory.Budgets;
import io.github.niotmp.memory.HeapBudget;
import org.junit.jupiter.api.Test;

class ChunkPoolTest {

  @Test
  void aChunkThatWasGivenIsTheNextToBeTaken() {
    ChunkPool pool = new ChunkPool(Budgets.of(Long.MAX_VALUE));
    byte[] first = pool.take();
    byte[] second = pool.take();
    pool.give(first);
    pool.give(second);

    assertThat(pool.take()).isSameAs(second);
    assertThat(pool.take()).isSameAs(first);
    assertThat(pool.take()).isNotSameAs(first).isNotSameAs(second).hasSize(ChunkPool.CHUNK);
  }

  @Test
  void anEighthOfTheBudgetAtMostIsKept() {
    ChunkPool pool = new ChunkPool(Budgets.of(8 * ChunkPool.CHUNK));
    byte[] first = pool.take();
    byte[] second = pool.take();
    pool.give(first);
    pool.give(second);

    assertThat(pool.take()).isSameAs(first);
    assertThat(pool.take()).isNotSameAs(second);
  }

  @Test
  void theBudgetCountsWhatIsKept() {
    HeapBudget budget = Budgets.of(64 * ChunkPool.CHUNK);
    ChunkPool pool = new ChunkPool(budget);
    byte[] chunk = pool.take();
    byte[] shorter = pool.take(4096);

    pool.give(chunk);
    pool.give(shorter);
    assertThat(budget.used()).isEqualTo(ChunkPool.CHUNK + 4096);

    pool.take(4096);
    assertThat(budget.used()).isEqualTo(ChunkPool.CHUNK);
    pool.take();
    assertThat(budget.used()).isZero();
  }

  @Test
  void whereTheBudgetIsUsedUpAnArrayIsNotKept() {
    HeapBudget budget = Budgets.of(64 * ChunkPool.CHUNK);
    ChunkPool pool = new ChunkPool(budget);
    byte[] chunk = pool.take();
    assertThat(budget.tryTake(64 * ChunkPool.CHUNK)).isTrue();

    pool.give(chunk);

    assertThat(pool.take()).isNotSameAs(chunk);
    assertThat(budget.used()).isEqualTo(64 * ChunkPool.CHUNK);
  }

  @Test
  void trimmedItKeepsAsMuchLess() {
    HeapBudget budget = Budgets.of(64 * ChunkPool.CHUNK);
    ChunkPool pool = new ChunkPool(budget);
    byte[] first = pool.take();
    byte[] second = pool.take();
    pool.give(first);
    pool.give(second);
    pool.give(new byte[4096]);

    pool.trim(1);
    assertThat(budget.used()).isEqualTo(ChunkPool.CHUNK + 4096);
    assertThat(pool.take()).isSameAs(first);

    pool.trim(Long.MAX_VALUE);
    assertThat(budget.used()).isZero();
    assertThat(pool.take()).isNotSameAs(second);
  }

  @Test
  void anArrayShorterThanAChunkServesTheNextOfItsLength() {
    ChunkPool pool = new ChunkPool(Budgets.of(Long.MAX_VALUE));
    byte[] shorter = pool.take(4096);
    byte[] another = pool.take(8192);
    pool.give(shorter);
    pool.give(another);

    assertThat(pool.take(4096)).isSameAs(shorter);
    assertThat(pool.take(4096)).isNotSameAs(shorter).hasSize(4096);
    assertThat(pool.take(8192)).isSameAs(another);
  }

  @Test
  void ofArraysShorterThanAChunkTheLastAreKept() {
    ChunkPool pool = new ChunkPool(Budgets.of(Long.MAX_VALUE));
    for (int length = 2000; length < 3000; length++) {
      pool.give(new byte[length]);
    }
    byte[] last = pool.take(4096);
    pool.give(last);

    assertThat(pool.take(4096)).isSameAs(last);
  }

  @Test
  void anArrayTooShortToBeWorthItIsNotKept() {
    ChunkPool pool = new ChunkPool(Budgets.of(Long.MAX_VALUE));
    byte[] tiny = pool.take(100);
    pool.give(tiny);

    assertThat(pool.take(100)).isNotSameAs(tiny).hasSize(100);
  }

  @Test
  void aPoolWithoutSpaceKeepsNothingAndTakesNoBudget() {
    HeapBudget budget = Budgets.of(100_000);
    ChunkPool pool = new ChunkPool(budget);

    pool.give(new byte[4096]);
    pool.give(new byte[ChunkPool.CHUNK]);

    assertThat(budget.used()).isZero();
  }
}
