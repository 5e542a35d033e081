/**
 * What must have a name on the host: a directory for this user that nobody else may enter, in it
 * one for this process, the lock that says the process lives, and the reaper of those whose process
 * is dead. Knows nothing of what is kept there.
 */
@NullMarked
package io.github.niotmp.session;

import org.jspecify.annotations.NullMarked;
