/**
 * The bytes of one file: in memory, in a pack or in a spill file, and the moves between them.
 * Names, attributes and open handles belong to others; the host is reached through spill files
 * only.
 */
@NullMarked
package io.github.niotmp.content;

import org.jspecify.annotations.NullMarked;
