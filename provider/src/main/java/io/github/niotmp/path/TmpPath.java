package io.github.niotmp.path;

/** To be replaced. */
public abstract class TmpPath implements java.nio.file.Path {}
