/** Applications in a jar of jars. */
@NullMarked
package io.github.niotmp.clients.boot;

import org.jspecify.annotations.NullMarked;
