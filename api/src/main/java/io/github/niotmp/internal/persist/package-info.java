/** Gives temporary files and trees their final name. For this library alone. */
@NullMarked
package io.github.niotmp.internal.persist;

import org.jspecify.annotations.NullMarked;
