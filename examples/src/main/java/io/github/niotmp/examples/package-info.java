/** Small programs that people run first. */
@NullMarked
package io.github.niotmp.examples;

import org.jspecify.annotations.NullMarked;
