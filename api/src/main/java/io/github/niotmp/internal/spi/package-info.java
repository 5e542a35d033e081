/** The interfaces between API and provider beyond {@code java.nio.file}. */
@NullMarked
package io.github.niotmp.internal.spi;

import org.jspecify.annotations.NullMarked;
