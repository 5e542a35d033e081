package io.github.niotmp.volume.spooled;

/** Tells a file from all others of this JVM. */
record FileKey(long device, long inode) {}
