package io.github.niotmp.clients;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a scenario that fails because of a limit of the client. The test passes if the scenario
 * fails as stated, and fails if it succeeds, so that a new version that lifts the limit is noticed.
 *
 * <pre>{@code
 * @Limit(of = "PDFBox", asks = "org.apache.pdfbox.Loader.loadPDF")
 * }</pre>
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Limit {
  /** Returns the name of the program that has the limit. */
  String of();

  /**
   * Returns the method that asks for a {@link java.io.File}, as {@code package.Class.method}. It
   * must be in the stack trace of the failure, from which the table takes the line. A sentence,
   * with spaces, stands for a method that the failure does not show.
   */
  String asks();

  /**
   * Returns the class of the failure, or of one of its causes or suppressed exceptions. The method
   * must be in the stack trace of that same exception.
   */
  Class<? extends Throwable> fails() default UnsupportedOperationException.class;

  /**
   * Returns a part of the message of that exception. A limit of a general class, such as {@link
   * AssertionError}, needs one, so that another failure of the scenario does not pass for it.
   */
  String says() default "";

  /** Returns the storages on which the scenario fails. */
  Storage[] storages() default {Storage.SPOOLED_SEVEN, Storage.SPOOLED, Storage.HOST};
}
