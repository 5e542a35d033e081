/** Permission bits, which bind a process that is not root as they would on the disk. */
@NullMarked
package io.github.niotmp.tck.permission;

import org.jspecify.annotations.NullMarked;
