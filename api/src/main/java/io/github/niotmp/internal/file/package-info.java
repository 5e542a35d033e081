/**
 * The open file of an owner: the file that its name leads to now, the position that its streams
 * share, and its write buffer.
 */
@NullMarked
package io.github.niotmp.internal.file;

import org.jspecify.annotations.NullMarked;
