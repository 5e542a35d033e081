/** The contracts of a file system, each a test class that runs over every subject. */
@NullMarked
package io.github.niotmp.tck;

import org.jspecify.annotations.NullMarked;
