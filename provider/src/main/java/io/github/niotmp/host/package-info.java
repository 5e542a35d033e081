/**
 * Files and directories on the host: spill files, named files, the private directories for them,
 * and the descriptors of this process. The package does not know the file system above it.
 */
@NullMarked
package io.github.niotmp.host;

import org.jspecify.annotations.NullMarked;
