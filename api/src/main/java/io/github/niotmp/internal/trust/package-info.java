/**
 * Whether another user of the host can put something in the place of a path: the owner, the
 * permissions and the sticky bit of each directory on the way to it. Knows the default file system
 * of Unix alone.
 */
@NullMarked
package io.github.niotmp.internal.trust;

import org.jspecify.annotations.NullMarked;
