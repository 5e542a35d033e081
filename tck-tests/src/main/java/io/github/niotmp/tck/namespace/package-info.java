/** Contracts about names: paths, directories, links, look-up, copies, moves and listings. */
@NullMarked
package io.github.niotmp.tck.namespace;

import org.jspecify.annotations.NullMarked;
