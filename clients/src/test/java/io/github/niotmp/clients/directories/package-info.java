/** Code that works on directories while others change them. */
@NullMarked
package io.github.niotmp.clients.directories;

import org.jspecify.annotations.NullMarked;
