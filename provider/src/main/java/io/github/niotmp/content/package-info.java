/**
 * The bytes of files, and their moves between memory, packs, spill files and named files on the
 * host. Other packages keep names, attributes and open handles. This package reaches the host only
 * through the files of {@code io.github.niotmp.host}.
 */
@NullMarked
package io.github.niotmp.content;

import org.jspecify.annotations.NullMarked;
