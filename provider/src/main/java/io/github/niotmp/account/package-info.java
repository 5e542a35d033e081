/**
 * Who this process runs as, and the other accounts of the host. Knows nothing of the file system
 * above it.
 */
@NullMarked
package io.github.niotmp.account;

import org.jspecify.annotations.NullMarked;
