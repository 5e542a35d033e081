@NullMarked
package io.github.niotmp.internal.closing;

import org.jspecify.annotations.NullMarked;
