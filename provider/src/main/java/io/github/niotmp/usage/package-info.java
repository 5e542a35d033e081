/** The usage of a file system: a value with its numbers, and the table that describes them. */
@NullMarked
package io.github.niotmp.usage;

import org.jspecify.annotations.NullMarked;
