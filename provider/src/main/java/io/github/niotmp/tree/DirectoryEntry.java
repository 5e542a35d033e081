package io.github.niotmp.tree;

/** A directory and a name in it, in one object, so that readers see a consistent pair. */
record DirectoryEntry(Directory directory, String name) {}
