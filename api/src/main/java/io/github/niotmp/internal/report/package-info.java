/**
 * Writes the log lines and events of this library, at times when the thread holds none of its
 * locks.
 */
@NullMarked
package io.github.niotmp.internal.report;

import org.jspecify.annotations.NullMarked;
