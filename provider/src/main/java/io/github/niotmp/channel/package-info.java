/**
 * The handles of users on open files: {@link java.nio.channels.FileChannel}, {@link
 * java.nio.channels.AsynchronousFileChannel}, streams and file locks, all over {@link
 * io.github.niotmp.volume.OpenFile}.
 *
 * <p>This package implements positions, open modes, interrupts, asynchronous close and locks; it
 * does not know the storage of the bytes.
 */
@NullMarked
package io.github.niotmp.channel;

import org.jspecify.annotations.NullMarked;
