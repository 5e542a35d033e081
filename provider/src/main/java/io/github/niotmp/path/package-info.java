/** The syntax of paths: parsing, resolving, comparing, matching. Does no I/O. */
@NullMarked
package io.github.niotmp.path;

import org.jspecify.annotations.NullMarked;
