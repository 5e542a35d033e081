/** What users can't see of the API. */
@NullMarked
package io.github.niotmp;

import org.jspecify.annotations.NullMarked;
