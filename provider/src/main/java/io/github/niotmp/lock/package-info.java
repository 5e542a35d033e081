/** Locks for what takes less time than a thread needs to fall asleep. Knows nothing of others. */
@NullMarked
package io.github.niotmp.lock;

import org.jspecify.annotations.NullMarked;
