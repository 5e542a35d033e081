@NullMarked
package io.github.niotmp.internal.foreign;

import org.jspecify.annotations.NullMarked;
