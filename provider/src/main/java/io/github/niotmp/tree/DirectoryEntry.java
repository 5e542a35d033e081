package io.github.niotmp.tree;

/** Where a name is: one object, so that readers see the two parts together. */
record DirectoryEntry(Directory directory, String name) {}
