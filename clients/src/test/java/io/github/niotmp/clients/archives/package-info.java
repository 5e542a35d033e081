/** Programs that pack files of {@code tmp:} and unpack archives into it. */
@NullMarked
package io.github.niotmp.clients.archives;

import org.jspecify.annotations.NullMarked;
