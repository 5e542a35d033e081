/** Memory outside the heap for bytes on their way to the host. Knows nothing of anything else. */
@NullMarked
package io.github.niotmp.buffer;

import org.jspecify.annotations.NullMarked;
