/** Direct memory for bytes on their way to the host. Depends on no other package. */
@NullMarked
package io.github.niotmp.buffer;

import org.jspecify.annotations.NullMarked;
