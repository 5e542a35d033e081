/**
 * A volume that stores its tree, 1:1, in a private directory of another file system. Other programs
 * see the directory and may change it at any time, so the volume caches no names; it tracks open
 * files and directories only.
 *
 * <p>The volume looks up paths itself, name by name, and rejects a component that the host would
 * parse as several names. Only this look-up follows links, and never out of the tree.
 *
 * <p>A directory stream holds its directory open where the host has a {@link
 * java.nio.file.SecureDirectoryStream}. Each step of a look-up that begins at the stream begins at
 * an open directory ({@link io.github.niotmp.volume.host.HeldDirectory}), so that no other program
 * can redirect it.
 *
 * <p>All other operations use the path that the look-up found. It contains no link, and the
 * operations do not follow a link at its end. A TOCTOU window remains: after the look-up, another
 * program of this user could replace a directory by a link. The providers of the JDK cannot create,
 * link or rename relative to an open directory, nor open an asynchronous channel so. After opening
 * a file the volume checks that its directory is still at its path, and otherwise closes the file.
 * The same window exists when the mode of a FIFO is set: the JDK opens other files for that, but a
 * FIFO must be changed by its path.
 *
 * <p>{@link io.github.niotmp.volume.host.CheckedStream} is the boundary: it converts each
 * RuntimeException of the host's provider.
 */
@NullMarked
package io.github.niotmp.volume.host;

import org.jspecify.annotations.NullMarked;
