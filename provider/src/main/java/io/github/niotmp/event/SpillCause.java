package io.github.niotmp.event;

/** Why files move from memory to the disk. */
public enum SpillCause {
  /** The file grew beyond its threshold. */
  THRESHOLD,
  /** The memory budget was reached. */
  BUDGET,
  /** A caller mapped the file. */
  MAP,
  /** A caller requested it. */
  REQUEST
}
