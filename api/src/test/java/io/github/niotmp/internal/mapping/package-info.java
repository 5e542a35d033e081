/** Tests of what maps ranges of files. */
@NullMarked
package io.github.niotmp.internal.mapping;

import org.jspecify.annotations.NullMarked;
