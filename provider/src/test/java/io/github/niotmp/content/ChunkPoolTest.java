package io.github.niotmp.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChunkPoolTest {

  @Test
  void aChunkThatWasGivenIsTheNextToBeTaken() {
    ChunkPool pool = new ChunkPool(Long.MAX_VALUE);
    byte[] first = pool.take();
    byte[] second = pool.take();
    pool.give(first);
    pool.give(second);

    assertThat(pool.take()).isSameAs(second);
    assertThat(pool.take()).isSameAs(first);
    assertThat(pool.take()).isNotSameAs(first).isNotSameAs(second).hasSize(ChunkPool.CHUNK);
  }

  @Test
  void aQuarterOfTheBudgetAtMostIsKept() {
    ChunkPool pool = new ChunkPool(4 * ChunkPool.CHUNK);
    byte[] first = pool.take();
    byte[] second = pool.take();
    pool.give(first);
    pool.give(second);

    assertThat(pool.take()).isSameAs(first);
    assertThat(pool.take()).isNotSameAs(second);
  }

  @Test
  void onceClosedItKeepsNothing() {
    ChunkPool pool = new ChunkPool(Long.MAX_VALUE);
    byte[] before = pool.take();
    byte[] after = pool.take();
    pool.give(before);

    pool.close();
    pool.give(after);

    assertThat(pool.take()).isNotSameAs(before).isNotSameAs(after);
    assertThat(pool.take()).isNotSameAs(before).isNotSameAs(after);
  }

  @Test
  void anArrayShorterThanAChunkServesTheNextOfItsLength() {
    ChunkPool pool = new ChunkPool(Long.MAX_VALUE);
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
    ChunkPool pool = new ChunkPool(Long.MAX_VALUE);
    for (int length = 2000; length < 3000; length++) {
      pool.give(new byte[length]);
    }
    byte[] last = pool.take(4096);
    pool.give(last);

    assertThat(pool.take(4096)).isSameAs(last);
  }

  @Test
  void anArrayTooShortToBeWorthItIsNotKept() {
    ChunkPool pool = new ChunkPool(Long.MAX_VALUE);
    byte[] tiny = pool.take(100);
    pool.give(tiny);

    assertThat(pool.take(100)).isNotSameAs(tiny).hasSize(100);
  }

  @Test
  void onceClosedItKeepsNoShorterArrayEither() {
    ChunkPool pool = new ChunkPool(Long.MAX_VALUE);
    byte[] before = pool.take(4096);
    byte[] after = pool.take(4096);
    pool.give(before);

    pool.close();
    pool.give(after);

    assertThat(pool.take(4096)).isNotSameAs(before).isNotSameAs(after);
  }
}
