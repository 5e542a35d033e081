/**
 * The syntax of paths and of path patterns, on text alone: nothing here does I/O. What a path needs
 * from its file system it asks of {@link io.github.niotmp.path.PathOwner}. And what look-ups of
 * paths may find wrong.
 */
@NullMarked
package io.github.niotmp.path;

import org.jspecify.annotations.NullMarked;
