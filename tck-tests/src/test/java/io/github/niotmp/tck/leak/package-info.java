/** Handles that nobody closed: collected, or still open as their file system closes. */
@NullMarked
package io.github.niotmp.tck.leak;

import org.jspecify.annotations.NullMarked;
