/** Databases and the file formats of analytics. */
@NullMarked
package io.github.niotmp.clients.data;

import org.jspecify.annotations.NullMarked;
