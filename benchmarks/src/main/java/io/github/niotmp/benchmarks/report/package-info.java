/**
 * Runs the benchmarks and says what their numbers mean: ratios of medians of one run, with their
 * error, beside what was to be reached, as a table and as plots.
 */
@NullMarked
package io.github.niotmp.benchmarks.report;

import org.jspecify.annotations.NullMarked;
