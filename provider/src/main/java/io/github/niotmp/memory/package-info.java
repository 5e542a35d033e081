/**
 * The heap budget: one limit for the JVM, its division among the class loaders that have loaded
 * this library, and the account of each file system. The package only counts bytes; the content
 * package allocates them and chooses the files to evict.
 */
@NullMarked
package io.github.niotmp.memory;

import org.jspecify.annotations.NullMarked;
