package io.github.niotmp.tck.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Assertions that cost next to nothing where they hold, as they do millions of times. */
final class Law {
  private Law() {}

  static void same(@Nullable Object found, @Nullable Object expected) {
    if (!Objects.equals(found, expected)) {
      assertThat(found).isEqualTo(expected);
    }
  }

  static void holds(boolean law, Object... of) {
    if (!law) {
      throw new AssertionError("Does not hold of " + Arrays.toString(of));
    }
  }
}
