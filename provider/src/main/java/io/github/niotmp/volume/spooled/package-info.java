/**
 * A volume with all names in memory, and the bytes in memory or, beyond a threshold, in spill
 * files.
 */
@NullMarked
package io.github.niotmp.volume.spooled;

import org.jspecify.annotations.NullMarked;
