/**
 * A lock for critical sections shorter than the time to park a thread. Depends on no other package.
 */
@NullMarked
package io.github.niotmp.lock;

import org.jspecify.annotations.NullMarked;
