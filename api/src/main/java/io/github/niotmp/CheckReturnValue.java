package io.github.niotmp;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks types with methods that only return a result, so that a caller that ignores it makes a
 * mistake. Error Prone, SpotBugs and IntelliJ report such callers for any annotation of this name.
 *
 * <pre>{@code
 * TempOptions pages = options.suffix(".html"); // options.suffix(".html"); alone changes nothing
 * pages.equals(options); // false
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface CheckReturnValue {}
