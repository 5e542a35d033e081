package io.github.niotmp.event;

/** An operation on the file system that holds spill files or a tree of real files. */
public enum HostOperation {
  /** Creates a spill file. */
  CREATE,
  /** Reads bytes. */
  READ,
  /** Writes bytes. */
  WRITE,
  /** Cuts a file. */
  TRUNCATE,
  /** Forces written bytes to the device. */
  FORCE
}
