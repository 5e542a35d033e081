package io.github.niotmp.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.memory.Budgets;
import io.github.niotmp.memory.HeapBudget;
import org.junit.jupiter.api.Test;

class ChunkPoolTest {

  @Test
  void aChunkThatWasGivenIsTheNextToBeTaken() {
    ChunkPool pool = new ChunkPool(Budgets.of(Long.MAX_VALUE));
    byte[] first = pool.acquire();
    byte[] second = pool.acquire();
    pool.release(first);
    pool.release(second);

    assertThat(pool.acquire()).isSameAs(second);
    assertThat(pool.acquire()).isSameAs(first);
    assertThat(pool.acquire()).isNotSameAs(first).isNotSameAs(second).hasSize(ChunkPool.CHUNK);
  }

  @Test
  void anEighthOfTheBudgetAtMostIsKept() {
    ChunkPool pool = new ChunkPool(Budgets.of(8 * ChunkPool.CHUNK));
    byte[] first = pool.acquire();
    byte[] second = pool.acquire();
    pool.release(first);
    pool.release(second);

    assertThat(pool.acquire()).isSameAs(first);
    assertThat(pool.acquire()).isNotSameAs(second);
  }

  @Test
  void theBudgetCountsPooledChunks() {
    HeapBudget budget = Budgets.of(64 * ChunkPool.CHUNK);
    ChunkPool pool = new ChunkPool(budget);
    byte[] chunk = pool.acquire();
    byte[] shorter = pool.acquire(4096);

    pool.release(chunk);
    pool.release(shorter);
    assertThat(budget.used()).isEqualTo(ChunkPool.CHUNK + 4096);

    pool.acquire(4096);
    assertThat(budget.used()).isEqualTo(ChunkPool.CHUNK);
    pool.acquire();
    assertThat(budget.used()).isZero();
  }

  @Test
  void whereTheBudgetIsUsedUpAnArrayIsNotKept() {
    HeapBudget budget = Budgets.of(64 * ChunkPool.CHUNK);
    ChunkPool pool = new ChunkPool(budget);
    byte[] chunk = pool.acquire();
    assertThat(budget.tryAcquire(64 * ChunkPool.CHUNK)).isTrue();

    pool.release(chunk);

    assertThat(pool.acquire()).isNotSameAs(chunk);
    assertThat(budget.used()).isEqualTo(64 * ChunkPool.CHUNK);
  }

  @Test
  void trimmedItKeepsAsMuchLess() {
    HeapBudget budget = Budgets.of(64 * ChunkPool.CHUNK);
    ChunkPool pool = new ChunkPool(budget);
    byte[] first = pool.acquire();
    byte[] second = pool.acquire();
    pool.release(first);
    pool.release(second);
    pool.release(new byte[4096]);

    pool.trim(1);
    assertThat(budget.used()).isEqualTo(ChunkPool.CHUNK + 4096);
    assertThat(pool.acquire()).isSameAs(first);

    pool.trim(Long.MAX_VALUE);
    assertThat(budget.used()).isZero();
    assertThat(pool.acquire()).isNotSameAs(second);
  }

  @Test
  void trimmedByTheLengthOfAnArrayItFreesOnlyThat() {
    HeapBudget budget = Budgets.of(64 * ChunkPool.CHUNK);
    ChunkPool pool = new ChunkPool(budget);
    pool.release(new byte[4096]);
    pool.release(new byte[4096]);
    pool.release(new byte[ChunkPool.CHUNK]);
    pool.release(new byte[ChunkPool.CHUNK]);

    pool.trim(ChunkPool.CHUNK);
    assertThat(budget.used()).isEqualTo(ChunkPool.CHUNK + 2 * 4096);

    pool.trim(ChunkPool.CHUNK);
    pool.trim(4096);
    assertThat(budget.used()).isEqualTo(4096);
  }

  @Test
  void anArrayOfAKibibyteIsKept() {
    ChunkPool pool = new ChunkPool(Budgets.of(Long.MAX_VALUE));
    byte[] shorter = pool.acquire(1024);
    pool.release(shorter);

    assertThat(pool.acquire(1024)).isSameAs(shorter);
  }

  @Test
  void anArrayShorterThanAChunkServesTheNextOfItsLength() {
    ChunkPool pool = new ChunkPool(Budgets.of(Long.MAX_VALUE));
    byte[] shorter = pool.acquire(4096);
    byte[] another = pool.acquire(8192);
    pool.release(shorter);
    pool.release(another);

    assertThat(pool.acquire(4096)).isSameAs(shorter);
    assertThat(pool.acquire(4096)).isNotSameAs(shorter).hasSize(4096);
    assertThat(pool.acquire(8192)).isSameAs(another);
  }

  @Test
  void ofArraysShorterThanAChunkTheLastAreKept() {
    ChunkPool pool = new ChunkPool(Budgets.of(Long.MAX_VALUE));
    for (int length = 2000; length < 3000; length++) {
      pool.release(new byte[length]);
    }
    byte[] last = pool.acquire(4096);
    pool.release(last);

    assertThat(pool.acquire(4096)).isSameAs(last);
  }

  @Test
  void anArrayTooShortToBeWorthItIsNotKept() {
    ChunkPool pool = new ChunkPool(Budgets.of(Long.MAX_VALUE));
    byte[] tiny = pool.acquire(100);
    pool.release(tiny);

    assertThat(pool.acquire(100)).isNotSameAs(tiny).hasSize(100);
  }

  @Test
  void aPoolWithoutSpaceKeepsNoChunkAndTakesNoBudget() {
    HeapBudget budget = Budgets.of(100_000);
    ChunkPool pool = new ChunkPool(budget);

    pool.release(new byte[4096]);
    pool.release(new byte[ChunkPool.CHUNK]);

    assertThat(budget.used()).isZero();
  }
}
