/**
 * The interfaces between the provider and the implementations of a file system, and the values that
 * cross them. The package knows paths, but neither the storage of names nor that of bytes.
 */
@NullMarked
package io.github.niotmp.volume;

import org.jspecify.annotations.NullMarked;
