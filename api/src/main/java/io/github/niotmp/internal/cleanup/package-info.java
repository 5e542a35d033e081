/**
 * Entries under a fresh name, for their owner only, on whatever file system, and their removal when
 * the owner is closed or collected or the JVM exits.
 */
@NullMarked
package io.github.niotmp.internal.cleanup;

import org.jspecify.annotations.NullMarked;
