/** The log lines and events of this library: how they are written, and when they are delivered. */
@NullMarked
package io.github.niotmp.internal.report;

import org.jspecify.annotations.NullMarked;
