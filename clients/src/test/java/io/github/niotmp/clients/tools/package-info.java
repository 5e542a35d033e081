/** Compilers, class loaders and scanners of class paths. */
@NullMarked
package io.github.niotmp.clients.tools;

import org.jspecify.annotations.NullMarked;
