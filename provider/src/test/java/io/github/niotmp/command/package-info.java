/** The commands without a process around them: what is printed, and which status they end with. */
@NullMarked
package io.github.niotmp.command;

import org.jspecify.annotations.NullMarked;
