/** The API of nio-tmp that users compile against; it refers to no class of the provider. */
@NullMarked
package io.github.niotmp;

import org.jspecify.annotations.NullMarked;
