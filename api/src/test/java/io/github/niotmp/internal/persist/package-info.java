@NullMarked
package io.github.niotmp.internal.persist;

import org.jspecify.annotations.NullMarked;
