/** Contracts about watching directories: the reported events, and the life of keys and services. */
@NullMarked
package io.github.niotmp.tck.watch;

import org.jspecify.annotations.NullMarked;
