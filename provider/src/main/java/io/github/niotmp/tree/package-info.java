/**
 * The namespace of a spooled volume, in memory: directories, regular files, symbolic links, their
 * attributes, and look-ups of paths.
 *
 * <p>Readers take no lock. A thread that changes the names of a directory holds its lock; a rename
 * holds the locks of both directories. {@link io.github.niotmp.tree.Tree} states the order.
 */
@NullMarked
package io.github.niotmp.tree;

import org.jspecify.annotations.NullMarked;
