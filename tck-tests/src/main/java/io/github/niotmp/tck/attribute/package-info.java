/** Contracts about attributes: the valid names and values, and user-defined attributes. */
@NullMarked
package io.github.niotmp.tck.attribute;

import org.jspecify.annotations.NullMarked;
