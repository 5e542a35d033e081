/** Creates the threads of the library, which inherit no state of the threads that start them. */
@NullMarked
package io.github.niotmp.internal.thread;

import org.jspecify.annotations.NullMarked;
