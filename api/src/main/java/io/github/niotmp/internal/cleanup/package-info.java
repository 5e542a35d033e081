/**
 * Creates entries under a fresh name, for their owner only, on any file system, and removes them
 * when the owner is closed or collected or the JVM exits.
 */
@NullMarked
package io.github.niotmp.internal.cleanup;

import org.jspecify.annotations.NullMarked;
