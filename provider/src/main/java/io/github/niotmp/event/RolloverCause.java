package io.github.niotmp.event;

/** Why a file went to a spill file of its own. */
public enum RolloverCause {
  /** It grew past what a file may hold in memory. */
  THRESHOLD,
  /** There was no room for it in memory. */
  BUDGET,
  /** It was mapped. */
  MAP,
  /** Somebody asked for it. */
  REQUEST
}
