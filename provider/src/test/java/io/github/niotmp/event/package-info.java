/** What of events the outside can't see. */
@NullMarked
package io.github.niotmp.event;

import org.jspecify.annotations.NullMarked;
