package io.github.niotmp.tree;

/**
 * What a new node is born with.
 *
 * @param inode a number no other node of the tree has or had
 * @param time nanoseconds since the epoch
 */
record Birth(long inode, long time) {}
