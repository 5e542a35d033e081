/**
 * Small programs that people run first. Each has a {@code main}, says what it shows, and uses
 * {@code tmp:} only through {@code java.nio.file}, as their own code would.
 */
@NullMarked
package io.github.niotmp.examples;

import org.jspecify.annotations.NullMarked;
