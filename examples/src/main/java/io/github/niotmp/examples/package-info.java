/**
 * Example programs. Each has a {@code main}, prints its result, and uses {@code tmp:} only through
 * {@code java.nio.file}, as an application would.
 */
@NullMarked
package io.github.niotmp.examples;

import org.jspecify.annotations.NullMarked;
