/** What only {@code tmp:} file systems have: their URIs, settings, opening and closing. */
@NullMarked
package io.github.niotmp.tck.lifecycle;

import org.jspecify.annotations.NullMarked;
