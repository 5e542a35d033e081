@NullMarked
package io.github.niotmp.command.jvm;

import org.jspecify.annotations.NullMarked;
