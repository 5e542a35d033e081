/**
 * What a user holds open on a file: {@link java.nio.channels.FileChannel}, {@link
 * java.nio.channels.AsynchronousFileChannel}, streams and file locks, all over {@link
 * io.github.niotmp.volume.OpenFile}.
 *
 * <p>Positions, open modes, interrupts, asynchronous close and locks belong here; where bytes are
 * kept does not.
 */
@NullMarked
package io.github.niotmp.channel;

import org.jspecify.annotations.NullMarked;
