package io.github.niotmp.tck;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a test of behaviour that the Javadoc leaves open, and that the default provider shows on
 * Linux. A test with {@link Required} is of the other tier, even if its class has this annotation.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
public @interface AsOnLinux {}
