/** Contracts about many threads, platform or virtual, on one file system. */
@NullMarked
package io.github.niotmp.tck.concurrency;

import org.jspecify.annotations.NullMarked;
