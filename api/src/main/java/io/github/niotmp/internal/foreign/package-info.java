/** The boundary to file system providers that are neither the default one nor that of tmp:. */
@NullMarked
package io.github.niotmp.internal.foreign;

import org.jspecify.annotations.NullMarked;
