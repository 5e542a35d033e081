/**
 * The properties that temporary files of other libraries lacked, one class for each, with the names
 * under which that became known.
 */
@NullMarked
package io.github.niotmp.tck.security;

import org.jspecify.annotations.NullMarked;
