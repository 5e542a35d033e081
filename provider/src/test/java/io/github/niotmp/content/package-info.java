/** What of content the outside can't see. */
@NullMarked
package io.github.niotmp.content;

import org.jspecify.annotations.NullMarked;
