/** What mapping into segments does, which takes Java 22. */
@NullMarked
package io.github.niotmp.tck.segment;

import org.jspecify.annotations.NullMarked;
