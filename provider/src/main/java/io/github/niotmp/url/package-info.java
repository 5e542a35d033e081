/** The URLs of files, for {@code java.net}. */
@NullMarked
package io.github.niotmp.url;

import org.jspecify.annotations.NullMarked;
