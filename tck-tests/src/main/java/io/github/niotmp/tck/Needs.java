package io.github.niotmp.tck;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the features that a test, or each test of a contract, needs. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
public @interface Needs {

  /** {@return the features; the test is skipped on a subject that lacks one} */
  Feature[] value();
}
