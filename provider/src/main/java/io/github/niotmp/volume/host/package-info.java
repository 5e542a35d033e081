/**
 * A volume whose tree is a private directory of some other file system, 1:1: other programs see it
 * and may change it at any time, so nothing of it is remembered here but what is open.
 *
 * <p>Paths are looked up here, name by name, and no name is handed on that is more than one; a link
 * is followed by this look-up alone, and never out of the tree.
 *
 * <p>A directory stream holds its directory open where the host has a {@link
 * java.nio.file.SecureDirectoryStream}. What starts there, starts from the open directory at each
 * step ({@link io.github.niotmp.volume.host.HeldDirectory}), so that no other program can lead it
 * astray.
 *
 * <p>All else is done at the path that was found, which holds no link, and a link in the last place
 * is not followed. Between the look-up and that step another program of this user could put a link
 * in the place of a directory: the providers of the JDK have no call to create, link or rename that
 * starts from an open directory and no way to open one for asynchronous channels. A file that was
 * opened is given up if its directory is no longer where it was found. In the same way the mode of
 * a FIFO is set by its path after a look, because the JDK opens all other files for that.
 *
 * <p>{@link io.github.niotmp.volume.host.CheckedStream} is the boundary: it lets no
 * RuntimeException of the host's provider out.
 */
@NullMarked
package io.github.niotmp.volume.host;

import org.jspecify.annotations.NullMarked;
