/** Connections to {@code tmp:} URLs through {@code java.net}. */
@NullMarked
package io.github.niotmp.url;

import org.jspecify.annotations.NullMarked;
