/** What the API asks of the provider behind the back of {@code java.nio.file}. */
@NullMarked
package io.github.niotmp.internal.spi;

import org.jspecify.annotations.NullMarked;
