/**
 * The attribute views: what a file's attributes are called, which can be read and set under which
 * name, and what type their values have. What the attributes are is the volume's business.
 */
@NullMarked
package io.github.niotmp.attribute;

import org.jspecify.annotations.NullMarked;
