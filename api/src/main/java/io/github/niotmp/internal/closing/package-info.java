/** The release of several parts, whatever each of them throws. */
@NullMarked
package io.github.niotmp.internal.closing;

import org.jspecify.annotations.NullMarked;
