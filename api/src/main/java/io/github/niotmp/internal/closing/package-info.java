/** Closes several parts, even if some of them throw. */
@NullMarked
package io.github.niotmp.internal.closing;

import org.jspecify.annotations.NullMarked;
