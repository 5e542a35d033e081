/** The bits of {@code st_mode}: file types and permissions. */
@NullMarked
package io.github.niotmp.internal.mode;

import org.jspecify.annotations.NullMarked;
