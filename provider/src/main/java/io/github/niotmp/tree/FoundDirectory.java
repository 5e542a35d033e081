package io.github.niotmp.tree;

import java.lang.ref.WeakReference;

/**
 * Where a deep path led when it was looked up, so that the look-up of a path that is one name
 * longer starts there. It holds as long as no directory was moved and no permission of one changed
 * since, and the directory has not been removed.
 *
 * @param root the tree that was looked at
 * @param start where the path starts if it is relative
 * @param changes how often directories had been moved or had changed permissions by then
 * @param directory weak, so that a path keeps no tree in memory
 */
record FoundDirectory(
    Directory root, Directory start, long changes, WeakReference<Directory> directory) {}
