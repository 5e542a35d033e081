/** The threads of the library, which inherit nothing from the threads that start them. */
@NullMarked
package io.github.niotmp.internal.thread;

import org.jspecify.annotations.NullMarked;
