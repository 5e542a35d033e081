package io.github.niotmp.volume.host;

import org.jspecify.annotations.Nullable;

/** Tells a file from all others of this JVM, as far as its host can tell it. */
record HostKey(long device, @Nullable Object key) {}
