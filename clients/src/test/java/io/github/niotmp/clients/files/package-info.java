/** Libraries that copy, compare and remove trees of files. */
@NullMarked
package io.github.niotmp.clients.files;

import org.jspecify.annotations.NullMarked;
