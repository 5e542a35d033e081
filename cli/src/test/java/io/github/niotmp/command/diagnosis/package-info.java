/** Tests of the checks, with file systems that fail them. */
@NullMarked
package io.github.niotmp.command.diagnosis;

import org.jspecify.annotations.NullMarked;
