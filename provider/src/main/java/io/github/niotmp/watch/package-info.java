/** The watch service: changes the volume reports become events, in the thread that makes them. */
@NullMarked
package io.github.niotmp.watch;

import org.jspecify.annotations.NullMarked;
