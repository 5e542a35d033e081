/**
 * The seam: what a file system is made of, whatever its names and bytes are kept in. Interfaces and
 * the values that cross them; knows paths and nothing else.
 */
@NullMarked
package io.github.niotmp.volume;

import org.jspecify.annotations.NullMarked;
