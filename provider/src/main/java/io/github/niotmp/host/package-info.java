/**
 * All that touches the host: the temporary directory, spill files and the private directories they
 * are created in, and the accounts of this process. Knows nothing of the file system above it.
 */
@NullMarked
package io.github.niotmp.host;

import org.jspecify.annotations.NullMarked;
