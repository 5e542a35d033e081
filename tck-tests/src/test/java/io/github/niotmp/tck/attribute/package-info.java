/** Attributes beyond what the default provider has. */
@NullMarked
package io.github.niotmp.tck.attribute;

import org.jspecify.annotations.NullMarked;
