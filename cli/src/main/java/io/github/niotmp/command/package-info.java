/**
 * The command {@code nio-tmp}: its options, its output and its exit codes. The other packages of
 * the library do the work.
 */
@NullMarked
package io.github.niotmp.command;

import org.jspecify.annotations.NullMarked;
