/**
 * The open file of an owner: the file that currently has its name, and the position and the write
 * buffer that its streams share.
 */
@NullMarked
package io.github.niotmp.internal.file;

import org.jspecify.annotations.NullMarked;
