/**
 * Threads that do everything at once on several file systems, each beside a model of what it should
 * see, and what the process holds before and afterwards.
 */
@NullMarked
package io.github.niotmp.tck.soak;

import org.jspecify.annotations.NullMarked;
