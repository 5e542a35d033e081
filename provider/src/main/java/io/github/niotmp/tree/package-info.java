/**
 * The namespace of a spooled volume, in memory: directories, regular files, symbolic links, their
 * attributes, and the look-up of a path among them.
 *
 * <p>Reading takes no lock. What changes the names of a directory holds the lock of that directory,
 * of both for a move; see {@link io.github.niotmp.tree.Tree} for the order.
 */
@NullMarked
package io.github.niotmp.tree;

import org.jspecify.annotations.NullMarked;
