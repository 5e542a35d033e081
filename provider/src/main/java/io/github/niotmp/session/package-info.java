/**
 * The directories in which this process has named files on the host: a directory of this user,
 * 0700, in it one directory for each process, a lock that proves that the process lives, and a
 * reaper that removes the directories of dead processes. It does not depend on the content of the
 * files.
 */
@NullMarked
package io.github.niotmp.session;

import org.jspecify.annotations.NullMarked;
