/** Real runs of JUnit Jupiter, seen from outside. */
@NullMarked
package io.github.niotmp.junit;

import org.jspecify.annotations.NullMarked;
