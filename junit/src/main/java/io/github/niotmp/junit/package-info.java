/** Integrates nio-tmp with JUnit Jupiter. */
@NullMarked
package io.github.niotmp.junit;

import org.jspecify.annotations.NullMarked;
