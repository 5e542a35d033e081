package io.github.niotmp.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LimitReachedTest {
  private static final Limit LIMIT = limit("open");

  @Limit(of = "A client", asks = "io.github.niotmp.clients.LimitReachedTest.open")
  private static IOException open() {
    return new IOException(new UnsupportedOperationException("toFile"));
  }

  private static Limit limit(String method) {
    try {
      return LimitReachedTest.class.getDeclaredMethod(method).getAnnotation(Limit.class);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void namesTheLineOfTheMethodInACause() {
    assertThat(LimitReached.describe(LIMIT, new AssertionError("status 500", open())))
        .matches("A client: `io.*open:\\d+`, UnsupportedOperationException");
  }

  @Test
  void findsItInASuppressedFailure() {
    AssertionError failure = new AssertionError("status 500");
    failure.addSuppressed(open());

    assertThat(LimitReached.describe(LIMIT, failure)).contains("open:");
  }

  @Test
  void refusesTheFailureOfAnotherMethod() {
    Throwable failure = new UnsupportedOperationException("elsewhere");

    assertThatThrownBy(() -> LimitReached.describe(LIMIT, failure))
        .hasMessageContaining("Not the limit of A client")
        .hasCause(failure);
  }

  @Test
  void refusesAnotherFailureInTheMethod() {
    Throwable failure = new IllegalStateException(open().getMessage());
    failure.setStackTrace(open().getStackTrace());

    assertThatThrownBy(() -> LimitReached.describe(LIMIT, failure)).hasCause(failure);
  }

  @Test
  void refusesTheStatedClassAndTheStatedMethodInTwoExceptions() {
    Throwable failure = new UnsupportedOperationException("elsewhere");
    Throwable inTheMethod = new IllegalStateException();
    inTheMethod.setStackTrace(open().getStackTrace());
    failure.addSuppressed(inTheMethod);

    assertThatThrownBy(() -> LimitReached.describe(LIMIT, failure)).hasCause(failure);
  }

  @Test
  @Limit(
      of = "A client",
      asks = "sends nothing",
      fails = AssertionError.class,
      says = "received 0 bytes")
  void refusesAnotherMessage() {
    Limit limit = limit("refusesAnotherMessage");
    Throwable failure = new AssertionError("received 2 bytes");

    assertThatThrownBy(() -> LimitReached.describe(limit, failure)).hasCause(failure);
    assertThat(LimitReached.describe(limit, new AssertionError("received 0 bytes, others")))
        .isEqualTo("A client: sends nothing");
  }
}
