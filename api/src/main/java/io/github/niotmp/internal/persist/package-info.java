/** Gives temporary files and trees their final names. */
@NullMarked
package io.github.niotmp.internal.persist;

import org.jspecify.annotations.NullMarked;
