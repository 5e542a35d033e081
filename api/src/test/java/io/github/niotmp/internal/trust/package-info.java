/** Which steps of a path other users can replace. */
@NullMarked
package io.github.niotmp.internal.trust;

import org.jspecify.annotations.NullMarked;
