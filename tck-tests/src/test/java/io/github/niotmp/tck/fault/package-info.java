/**
 * Faults of the file system that ours is on, one at a time, under work whose outcome is known: what
 * was acknowledged is there, what failed said so, and nothing is left.
 */
@NullMarked
package io.github.niotmp.tck.fault;

import org.jspecify.annotations.NullMarked;
