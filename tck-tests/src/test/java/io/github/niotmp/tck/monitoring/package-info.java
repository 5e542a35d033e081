/** What tells of a {@code tmp:} file system from outside: its MBean, and the events it records. */
@NullMarked
package io.github.niotmp.tck.monitoring;

import org.jspecify.annotations.NullMarked;
