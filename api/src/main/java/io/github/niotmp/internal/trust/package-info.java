/**
 * Checks whether another user of the host can replace a step of a path: the owner, the permissions
 * and the sticky bit of each directory in it. For the default file system on Unix only.
 */
@NullMarked
package io.github.niotmp.internal.trust;

import org.jspecify.annotations.NullMarked;
