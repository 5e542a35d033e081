/** Attributes in detail: what their names and values may be, and the user-defined ones. */
@NullMarked
package io.github.niotmp.tck.attribute;

import org.jspecify.annotations.NullMarked;
