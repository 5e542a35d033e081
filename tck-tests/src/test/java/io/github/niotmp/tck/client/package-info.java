/** Code that never heard of us, given a path of each file system under test. */
@NullMarked
package io.github.niotmp.tck.client;

import org.jspecify.annotations.NullMarked;
