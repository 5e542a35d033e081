/** The numbers of one file system: one value, and the table that every view of it is made from. */
@NullMarked
package io.github.niotmp.usage;

import org.jspecify.annotations.NullMarked;
