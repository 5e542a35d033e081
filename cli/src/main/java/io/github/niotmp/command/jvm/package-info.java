/**
 * The file systems of another JVM, read through its MBeans. No other package uses the modules
 * {@code java.management} and {@code jdk.attach}, which a JVM may lack.
 */
@NullMarked
package io.github.niotmp.command.jvm;

import org.jspecify.annotations.NullMarked;
