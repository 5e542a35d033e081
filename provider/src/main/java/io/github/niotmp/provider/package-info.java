/**
 * The face that {@code java.nio.file} calls: URIs, settings, open options, the registry of open
 * file systems, and each call handed on to the room that answers it.
 */
@NullMarked
package io.github.niotmp.provider;

import org.jspecify.annotations.NullMarked;
