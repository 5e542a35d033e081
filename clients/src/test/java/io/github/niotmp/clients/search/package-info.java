/** Search engines whose index is in {@code tmp:}. */
@NullMarked
package io.github.niotmp.clients.search;

import org.jspecify.annotations.NullMarked;
