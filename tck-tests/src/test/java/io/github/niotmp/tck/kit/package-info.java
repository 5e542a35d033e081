/** The kit itself: what it finds in file systems that are known to be wrong, and its report. */
@NullMarked
package io.github.niotmp.tck.kit;

import org.jspecify.annotations.NullMarked;
