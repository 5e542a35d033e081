@NullMarked
package io.github.niotmp.lock;

import org.jspecify.annotations.NullMarked;
