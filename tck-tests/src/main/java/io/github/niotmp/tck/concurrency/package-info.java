/** Contracts about many threads, of either kind, on one file system. */
@NullMarked
package io.github.niotmp.tck.concurrency;

import org.jspecify.annotations.NullMarked;
