/** Contracts about names: directories, links, look-up, moves, attributes, listings and events. */
@NullMarked
package io.github.niotmp.tck.namespace;

import org.jspecify.annotations.NullMarked;
