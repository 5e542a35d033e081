/** Threads that tests bring to a certain point. */
@NullMarked
package io.github.niotmp.threads;

import org.jspecify.annotations.NullMarked;
