/** Tests of the value of all usages. */
@NullMarked
package io.github.niotmp.usage;

import org.jspecify.annotations.NullMarked;
