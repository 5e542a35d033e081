package io.github.niotmp.event;

/** The cause of a file's move to a spill file of its own. */
public enum RolloverCause {
  /** The file grew beyond its threshold. */
  THRESHOLD,
  /** The memory budget was reached. */
  BUDGET,
  /** A caller mapped the file. */
  MAP,
  /** A caller requested the rollover. */
  REQUEST
}
