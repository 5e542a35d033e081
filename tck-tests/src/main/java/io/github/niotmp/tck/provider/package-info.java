/** Contracts about what a provider, its file systems and their stores say of themselves. */
@NullMarked
package io.github.niotmp.tck.provider;

import org.jspecify.annotations.NullMarked;
