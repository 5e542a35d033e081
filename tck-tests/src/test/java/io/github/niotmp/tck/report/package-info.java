/** Log lines and events: their text, and the locks that are not held as they are delivered. */
@NullMarked
package io.github.niotmp.tck.report;

import org.jspecify.annotations.NullMarked;
