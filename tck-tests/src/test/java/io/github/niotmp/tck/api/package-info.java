/** What the API makes, in {@code tmp:} file systems and on the host. */
@NullMarked
package io.github.niotmp.tck.api;

import org.jspecify.annotations.NullMarked;
