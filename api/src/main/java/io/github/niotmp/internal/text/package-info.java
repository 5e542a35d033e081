/** Encodes and decodes the text of temporary files: encodings, byte order marks, line ends. */
@NullMarked
package io.github.niotmp.internal.text;

import org.jspecify.annotations.NullMarked;
