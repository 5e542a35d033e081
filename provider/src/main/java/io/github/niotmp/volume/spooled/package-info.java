/**
 * A volume whose names are in memory and whose bytes are in memory or, beyond a threshold, on disk.
 */
@NullMarked
package io.github.niotmp.volume.spooled;

import org.jspecify.annotations.NullMarked;
