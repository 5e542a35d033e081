/**
 * The checks of a directory and their results, without a screen: whether spill files, host paths
 * and trees of {@code storage=host} work in it.
 */
@NullMarked
package io.github.niotmp.command.diagnosis;

import org.jspecify.annotations.NullMarked;
