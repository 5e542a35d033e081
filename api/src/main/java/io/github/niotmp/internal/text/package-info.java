/** Text on its way into a temporary file and out of it: encodings, byte order marks, line ends. */
@NullMarked
package io.github.niotmp.internal.text;

import org.jspecify.annotations.NullMarked;
