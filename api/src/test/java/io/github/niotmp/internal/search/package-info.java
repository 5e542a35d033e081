/** The order of the search, which depends on what the environment says. */
@NullMarked
package io.github.niotmp.internal.search;

import org.jspecify.annotations.NullMarked;
