/** The face, called as {@code java.nio.file} calls it. */
@NullMarked
package io.github.niotmp.provider;

import org.jspecify.annotations.NullMarked;
