/**
 * What only a virtual machine of its own can show: a small heap, few descriptors, a sudden death.
 */
@NullMarked
package io.github.niotmp.tck.forked;

import org.jspecify.annotations.NullMarked;
