/** The contracts of a file system. Each is a test class that runs on every subject. */
@NullMarked
package io.github.niotmp.tck;

import org.jspecify.annotations.NullMarked;
