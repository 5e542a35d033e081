package io.github.niotmp.command.diagnosis;

/** The outcome of a check. */
public enum Outcome {
  /** The subject works. */
  OK,
  /** The subject works in part, and the library works with that. */
  LIMIT,
  /** The subject does not work. */
  PROBLEM,
  /** The check did not run, because it needs another one that failed. */
  SKIPPED
}
