/** What users of nio-tmp compile against; knows no class of the provider. */
@NullMarked
package io.github.niotmp;

import org.jspecify.annotations.NullMarked;
