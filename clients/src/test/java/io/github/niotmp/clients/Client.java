package io.github.niotmp.clients;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the program whose scenarios a test class holds. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Client {
  /** Returns the name that the table shows. Several classes may hold scenarios of one client. */
  String name();

  /**
   * Returns {@code group:artifact} of the jar whose version the table shows; empty for the JDK. The
   * version itself is read from the class path.
   */
  String artifact() default "";
}
