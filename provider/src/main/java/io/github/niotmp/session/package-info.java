/**
 * The directories of the named files of this process on the host: a private directory for each
 * user, in it one for each process, a lock that proves that the process lives, and a reaper that
 * removes the directories of dead processes. This package does not depend on the content of the
 * files.
 */
@NullMarked
package io.github.niotmp.session;

import org.jspecify.annotations.NullMarked;
