/** What holds for the module as a whole. */
@NullMarked
package io.github.niotmp.rooms;

import org.jspecify.annotations.NullMarked;
