/** Tests of the open file of an owner. */
@NullMarked
package io.github.niotmp.internal.file;

import org.jspecify.annotations.NullMarked;
