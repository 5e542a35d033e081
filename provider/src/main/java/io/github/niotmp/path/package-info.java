/**
 * The syntax of paths and of path patterns, and the errors of path look-ups. No class of this
 * package does I/O: a path calls its {@link io.github.niotmp.path.PathOwner} for its file system.
 */
@NullMarked
package io.github.niotmp.path;

import org.jspecify.annotations.NullMarked;
