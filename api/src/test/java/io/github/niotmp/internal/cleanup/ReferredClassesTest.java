package io.github.niotmp.internal.cleanup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.concurrent.Phaser;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ReferredClassesTest {

  /** Refers to classes by a call, an array, a descriptor and a lambda, beside a long constant. */
  private static final class Referring {
    static final long LARGE = 1L << 40;

    Function<Phaser, Object> use(long value) {
      Object[] array = new BitSet[1];
      return phaser -> value + LARGE * value == 0 ? array : phaser.getParent();
    }
  }

  @Test
  void classesOfCallsArraysDescriptorsAndLambdasAreFound() throws IOException {
    assertThat(new Referring().use(1).apply(new Phaser())).isNull();

    try (InputStream in =
        Referring.class.getResourceAsStream("ReferredClassesTest$Referring.class")) {
      assertThat(ReferredClasses.referredBy(requireNonNull(in).readAllBytes()))
          .contains(
              "java/util/BitSet", "java/util/concurrent/Phaser", "java/util/function/Function")
          .allSatisfy(name -> assertThat(name).matches("[\\w/$]+"));
    }
  }
}
