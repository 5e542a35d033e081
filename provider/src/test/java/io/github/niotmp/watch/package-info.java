/** Keys of watch services, beside what the contracts ask of them. */
@NullMarked
package io.github.niotmp.watch;

import org.jspecify.annotations.NullMarked;
