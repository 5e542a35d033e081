@NullMarked
package io.github.niotmp.internal.cleanup;

import org.jspecify.annotations.NullMarked;
