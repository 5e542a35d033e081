/**
 * The heap that file systems may take: one budget for the JVM, its division among the class loaders
 * that have loaded this library, and the account of each file system. Counts bytes only; the bytes
 * themselves, and the choice of the files that leave memory, belong to the content package.
 */
@NullMarked
package io.github.niotmp.memory;

import org.jspecify.annotations.NullMarked;
