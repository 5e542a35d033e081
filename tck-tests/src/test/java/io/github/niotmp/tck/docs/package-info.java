/** The documentation, tried out. */
@NullMarked
package io.github.niotmp.tck.docs;

import org.jspecify.annotations.NullMarked;
