/**
 * What the flight recorder is told of a file system. Nothing else knows {@code jdk.jfr}, which a
 * JVM may lack; an event that nobody records is one look at a flag.
 */
@NullMarked
package io.github.niotmp.event;

import org.jspecify.annotations.NullMarked;
