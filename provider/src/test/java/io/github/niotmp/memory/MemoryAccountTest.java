package io.github.niotmp.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryAccountTest {
  private final HeapBudget budget = Budgets.of(1_000_000);

  @Test
  void contentTakesUpToTheLimitOfTheAccount() {
    MemoryAccount account = new MemoryAccount(budget, 1000);

    assertThat(account.tryAcquire(900)).isTrue();
    assertThat(account.tryAcquire(101)).isFalse();
    assertThat(account.isShortOf(100)).isFalse();
    assertThat(account.isShortOf(101)).isTrue();
    assertThat(budget.used()).isEqualTo(900);
    account.close();
  }

  @Test
  void metadataTakesUpToTheLimitOfTheBudget() {
    MemoryAccount account = new MemoryAccount(budget, 0);

    assertThat(account.tryAcquireMetadata(900_000)).isTrue();
    assertThat(account.tryAcquireMetadata(100_001)).isFalse();
    assertThat(account.metadata()).isEqualTo(900_000);
    assertThat(budget.used()).isEqualTo(900_000);
    account.close();
  }

  @Test
  void accountsTakeNoMoreThanTheBudgetTogether() {
    MemoryAccount first = new MemoryAccount(budget, Long.MAX_VALUE);
    MemoryAccount second = new MemoryAccount(budget, Long.MAX_VALUE);
    assertThat(first.limit()).isEqualTo(1_000_000);

    assertThat(first.tryAcquire(700_000)).isTrue();
    assertThat(second.tryAcquire(400_000)).isFalse();
    assertThat(second.content()).isZero();
    assertThat(second.isShortOf(400_000)).isFalse();
    assertThat(second.tryAcquire(300_000)).isTrue();
    first.close();
    second.close();
  }

  @Test
  void bytesThatAreGivenBackAreFreeAgain() {
    MemoryAccount account = new MemoryAccount(budget, 1000);
    account.tryAcquire(600);
    account.tryAcquireMetadata(300);
    account.release(500);
    account.releaseMetadata(100);

    assertThat(account.content()).isEqualTo(100);
    assertThat(account.contentPeak()).isEqualTo(600);
    assertThat(account.metadata()).isEqualTo(200);
    assertThat(budget.used()).isEqualTo(300);
    account.close();
  }

  @Test
  void aClosedAccountHasReleasedItsMemoryAndTakesNoMore() {
    MemoryAccount account = new MemoryAccount(budget, 1000);
    account.tryAcquire(600);
    account.tryAcquireMetadata(300);

    account.close();
    account.close();
    account.release(600);
    account.releaseMetadata(300);

    assertThat(account.tryAcquire(1)).isFalse();
    assertThat(account.tryAcquireMetadata(1)).isFalse();
    assertThat(account.content()).isZero();
    assertThat(account.metadata()).isZero();
    assertThat(budget.used()).isZero();
  }
}
