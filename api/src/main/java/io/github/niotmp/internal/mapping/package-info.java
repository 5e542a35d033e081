/** Maps ranges of files, also into memory segments where the JDK has them. */
@NullMarked
package io.github.niotmp.internal.mapping;

import org.jspecify.annotations.NullMarked;
