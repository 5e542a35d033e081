/** What the exit of a virtual machine leaves on the host, and what its hooks can still use. */
@NullMarked
package io.github.niotmp.tck.exit;

import org.jspecify.annotations.NullMarked;
