/**
 * Runs the benchmarks and reports ratios of medians within one run, with their errors and the
 * targets, as a table and as plots.
 */
@NullMarked
package io.github.niotmp.benchmarks.report;

import org.jspecify.annotations.NullMarked;
