/**
 * JMH benchmarks of nio-tmp and its peers, one class for each kind of work. A nested class measures
 * the limit: the arrays, maps and system calls that the work needs at least.
 *
 * <p>A benchmark runs the same {@code java.nio.file} calls on each peer. Compare only ratios within
 * one run, which {@link io.github.niotmp.benchmarks.report} computes.
 */
@NullMarked
package io.github.niotmp.benchmarks;

import org.jspecify.annotations.NullMarked;
