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
}
