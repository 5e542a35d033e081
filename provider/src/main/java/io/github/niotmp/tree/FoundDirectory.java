package io.github.niotmp.tree;

import java.lang.ref.WeakReference;

/**
 * The cached result of looking up a deep path. The look-up of a path that is one name longer starts
 * at it. It is valid until {@link PathChanges} counts a change or the directory is removed.
 *
 * @param root the root of the tree
 * @param start the directory where a relative path starts
 * @param changes the count of changes before the look-up
 * @param directory the result; weak, so that a path keeps no tree in memory
 */
record FoundDirectory(
    Directory root, Directory start, long changes, WeakReference<Directory> directory) {}
