/** The boundary to foreign file system providers: all except the default one and that of tmp:. */
@NullMarked
package io.github.niotmp.internal.foreign;

import org.jspecify.annotations.NullMarked;
