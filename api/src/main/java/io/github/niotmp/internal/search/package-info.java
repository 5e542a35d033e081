/** The search for the temporary directory of the host. */
@NullMarked
package io.github.niotmp.internal.search;

import org.jspecify.annotations.NullMarked;
