/** What no file system shows: who may use a root, whose a session is, and what a reaper decides. */
@NullMarked
package io.github.niotmp.session;

import org.jspecify.annotations.NullMarked;
