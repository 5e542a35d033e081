/** Tests of the command, in this process, in a process of its own, and of the jar. */
@NullMarked
package io.github.niotmp.command;

import org.jspecify.annotations.NullMarked;
