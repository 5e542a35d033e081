/**
 * Random operations on names, bytes and attributes, step by step beside the default provider, and
 * the shrinking of what differs.
 */
@NullMarked
package io.github.niotmp.tck.fuzz;

import org.jspecify.annotations.NullMarked;
