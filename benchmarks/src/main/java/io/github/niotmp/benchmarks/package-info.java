/**
 * What each kind of work costs, here and at the peers: one class for a kind of work, with its
 * limit, the least that arrays, maps and system calls need for it, nested in it.
 *
 * <p>A benchmark does the same through {@code java.nio.file} for each peer. Its numbers mean
 * nothing alone: only ratios of one run do, which {@link io.github.niotmp.benchmarks.report} makes
 * of them.
 */
@NullMarked
package io.github.niotmp.benchmarks;

import org.jspecify.annotations.NullMarked;
