/**
 * Entries that are made under a fresh name, for their owner only, and go when the owner does:
 * names, permissions, removal, on whatever file system. For this library alone; knows nothing of
 * {@code tmp:}.
 */
@NullMarked
package io.github.niotmp.internal.cleanup;

import org.jspecify.annotations.NullMarked;
