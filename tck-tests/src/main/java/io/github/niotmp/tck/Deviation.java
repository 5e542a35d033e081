package io.github.niotmp.tck;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * States on a {@link Subject} that it fails a test, and why. The test is skipped with the reason
 * while it fails. If it passes, or no such test is there, the kit fails: the deviation is stale.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Repeatable(Deviation.All.class)
public @interface Deviation {

  /** {@return the contract} */
  Class<? extends FileSystemContract> in();

  /** {@return the name of the test method} */
  String test();

  /** {@return the name of the row, or "" for all rows, each of which fails} */
  String row() default "";

  /** {@return whether it is a fault or a matter of taste} */
  Kind kind() default Kind.BUG;

  /** {@return the reason, for the reports} */
  String reason();

  /** {@return whether the test fails in some runs only; it is never stale then} */
  boolean sometimes() default false;

  /** {@return the first feature release of the JDK on which it deviates} */
  int fromJdk() default 0;

  /** {@return the last feature release of the JDK on which it deviates} */
  int toJdk() default Integer.MAX_VALUE;

  /** How bad a deviation is. */
  enum Kind {
    /** A fault of the provider. */
    BUG,
    /** A difference that its users can live with. */
    NITPICK
  }

  /** Several deviations. */
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @Inherited
  @interface All {

    /** {@return the deviations} */
    Deviation[] value();
  }
}
