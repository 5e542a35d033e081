/** Providers with one planted fault each: the kit must find each fault, and say which it is. */
@NullMarked
package io.github.niotmp.tck.mutant;

import org.jspecify.annotations.NullMarked;
