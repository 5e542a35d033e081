/**
 * The command {@code nio-tmp}: {@code doctor}, {@code sweep} and {@code run}. Only what people type
 * and read; what it does, the rooms below do.
 */
@NullMarked
package io.github.niotmp.command;

import org.jspecify.annotations.NullMarked;
