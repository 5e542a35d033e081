/** What a file system is whose tree is a directory of the host, beside what every one is. */
@NullMarked
package io.github.niotmp.tck.hostvolume;

import org.jspecify.annotations.NullMarked;
