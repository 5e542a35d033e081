/** Temporary files as in a container of Kubernetes, and for users whom the host does not list. */
@NullMarked
package io.github.niotmp.tck.container;

import org.jspecify.annotations.NullMarked;
