/** Spring's resources, and its web frameworks over {@code tmp:}. */
@NullMarked
package io.github.niotmp.clients.spring;

import org.jspecify.annotations.NullMarked;
