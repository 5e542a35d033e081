/**
 * Random operations on names, bytes and attributes, run step by step on a subject and on the
 * default provider, and the shrinking of a sequence that differs.
 */
@NullMarked
package io.github.niotmp.tck.fuzz;

import org.jspecify.annotations.NullMarked;
