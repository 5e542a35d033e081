/** What of the host room the outside can't see. */
@NullMarked
package io.github.niotmp.host;

import org.jspecify.annotations.NullMarked;
