/** The command {@code nio-tmp}, as somebody who types it sees it. */
@NullMarked
package io.github.niotmp.tck.command;

import org.jspecify.annotations.NullMarked;
