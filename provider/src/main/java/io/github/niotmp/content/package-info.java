/**
 * The bytes of one file: in memory, in a pack, in a spill file or in one that other programs can
 * open, and the moves between them. Names, attributes and open handles belong to others; the host
 * is reached through files that the room below makes only.
 */
@NullMarked
package io.github.niotmp.content;

import org.jspecify.annotations.NullMarked;
