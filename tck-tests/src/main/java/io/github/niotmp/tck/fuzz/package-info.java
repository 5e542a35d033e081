/**
 * Random operations on names, bytes and attributes, run in parallel with the default provider, and
 * the shrinking of a sequence that differs.
 */
@NullMarked
package io.github.niotmp.tck.fuzz;

import org.jspecify.annotations.NullMarked;
