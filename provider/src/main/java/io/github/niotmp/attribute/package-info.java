/**
 * The attribute views: the names of a file's attributes, their types, and which of them a caller
 * can read and set. The volume stores the values.
 */
@NullMarked
package io.github.niotmp.attribute;

import org.jspecify.annotations.NullMarked;
