package io.github.niotmp.internal.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CloserTest {
  private final List<String> closed = new ArrayList<>();

  private static Stream<Throwable> failures() {
    return Stream.of(
        new IOException("io"),
        new IllegalStateException("state"),
        new UnsupportedOperationException("unsupported"),
        new StackOverflowError("deep"),
        new OutOfMemoryError("heap"));
  }

  private Closeable part(String name, Throwable failure) {
    return () -> {
      closed.add(name);
      throw sneakily(failure);
    };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> RuntimeException sneakily(Throwable failure) throws E {
    throw (E) failure;
  }

  @ParameterizedTest
  @MethodSource("failures")
  void eachPartIsClosedAndTheFirstFailureIsThrownAsItIs(Throwable first) {
    Error second = new AssertionError("second");

    assertThatThrownBy(
            () -> Closer.closeAll(part("a", first), () -> closed.add("b"), part("c", second)))
        .isSameAs(first)
        .hasSuppressedException(second);

    assertThat(closed).containsExactly("a", "b", "c");
  }

  @Test
  void aCheckedExceptionThatNoPartMayThrowIsWrapped() {
    InterruptedException failure = new InterruptedException();

    assertThatThrownBy(() -> Closer.closeAll(part("a", failure)))
        .isInstanceOf(IOException.class)
        .hasCause(failure);
  }

  @Test
  void anExceptionThatIsThrownTwiceIsNotSuppressedInItself() {
    IOException failure = new IOException("always the same");

    assertThatThrownBy(() -> Closer.closeAll(part("a", failure), part("b", failure)))
        .isSameAs(failure)
        .hasNoSuppressedExceptions();
    Closer.after(failure, part("c", failure));

    assertThat(failure).hasNoSuppressedExceptions();
    assertThat(closed).containsExactly("a", "b", "c");
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureAfterAFailureIsSuppressed(Throwable later) {
    Exception first = new Exception("first");

    Closer.after(first, part("a", later));

    assertThat(first).hasSuppressedException(later);
  }

  @Test
  void noFailureIsNone() {
    Closer closer = new Closer();
    closer.add(null);

    assertThat(closer.close(() -> closed.add("a"))).isTrue();
    assertThat(closer.failure()).isNull();
    assertThatCode(closer::finish).doesNotThrowAnyException();
    assertThat(closer.close(part("b", new IOException()))).isFalse();
    assertThat(closer.failure()).isInstanceOf(IOException.class);
  }
}
