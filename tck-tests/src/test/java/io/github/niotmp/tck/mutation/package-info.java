/** What mutation testing needs of the tests. */
@NullMarked
package io.github.niotmp.tck.mutation;

import org.jspecify.annotations.NullMarked;
