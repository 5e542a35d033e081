/** The library on real FUSE mounts, where the file system server decides about names. */
@NullMarked
package io.github.niotmp.tck.fuse;

import org.jspecify.annotations.NullMarked;
