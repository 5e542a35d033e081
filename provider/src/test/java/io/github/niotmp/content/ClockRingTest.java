package io.github.niotmp.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClockRingTest {
  private final ClockRing<Item> ring = new ClockRing<>();

  private static final class Item extends ClockRing.Entry<Item> {}

  @Test
  void theHandGoesRoundAndEntriesJoinBehindIt() {
    Item first = new Item();
    Item second = new Item();
    Item third = new Item();
    assertThat(ring.next()).isNull();
    ring.add(first);
    ring.add(second);
    assertThat(ring.next()).isSameAs(first);

    ring.add(third);

    assertThat(ring.next()).isSameAs(second);
    assertThat(ring.next()).isSameAs(first);
    assertThat(ring.next()).isSameAs(third);
    assertThat(ring.next()).isSameAs(second);
  }

  @Test
  void anEntryIsInTheRingOnce() {
    Item item = new Item();
    ring.add(item);
    ring.add(item);

    assertThat(ring.count()).isOne();
    ring.remove(item);
    ring.remove(item);
    assertThat(ring.count()).isZero();
    assertThat(item.isInRing()).isFalse();
    assertThat(ring.next()).isNull();
  }

  @Test
  void theHandGoesOnFromAnEntryThatLeaves() {
    Item first = new Item();
    Item second = new Item();
    ring.add(first);
    ring.add(second);

    ring.remove(first);

    assertThat(ring.next()).isSameAs(second);
    ring.clear();
    assertThat(second.isInRing()).isFalse();
  }
}
