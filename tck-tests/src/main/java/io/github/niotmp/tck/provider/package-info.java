/** Contracts about providers, file systems and file stores. */
@NullMarked
package io.github.niotmp.tck.provider;

import org.jspecify.annotations.NullMarked;
