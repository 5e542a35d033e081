/**
 * The watch service: the volume reports each change, and the thread that makes the change queues
 * the event.
 */
@NullMarked
package io.github.niotmp.watch;

import org.jspecify.annotations.NullMarked;
