/** The order of the search, which depends on what the environment says. */
@NullMarked
package io.github.niotmp.search;

import org.jspecify.annotations.NullMarked;
