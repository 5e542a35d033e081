package io.github.niotmp.tck;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a test of the behaviour that the Javadoc documents for a file system without a feature,
 * such as an {@link UnsupportedOperationException}.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
public @interface Without {

  /** {@return the features; the test is skipped on a subject that has one} */
  Feature[] value();
}
