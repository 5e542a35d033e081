/**
 * Where a spooled file system keeps its bytes: rollover, budget, packs, limits, traces on the host.
 */
@NullMarked
package io.github.niotmp.tck.spool;

import org.jspecify.annotations.NullMarked;
