/**
 * Class loaders that {@code Path.of(URI)} does not see: those of application servers, of fat jars,
 * of module layers.
 */
@NullMarked
package io.github.niotmp.tck.loader;

import org.jspecify.annotations.NullMarked;
