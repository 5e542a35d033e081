@NullMarked
package io.github.niotmp.buffer;

import org.jspecify.annotations.NullMarked;
