/**
 * Default providers that behave as those of Windows and of macOS do, on the files of this machine,
 * and what of the library runs under them.
 */
@NullMarked
package io.github.niotmp.tck.platform;

import org.jspecify.annotations.NullMarked;
