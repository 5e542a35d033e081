@NullMarked
package io.github.niotmp.internal.mode;

import org.jspecify.annotations.NullMarked;
