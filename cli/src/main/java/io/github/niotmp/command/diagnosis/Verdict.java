package io.github.niotmp.command.diagnosis;

/** The verdict on a directory. */
public enum Verdict {
  /** Everything works. */
  WELL,
  /** The directory can be used, with limits. */
  LIMITED,
  /** The directory cannot be used, or not for every purpose. */
  PROBLEM
}
