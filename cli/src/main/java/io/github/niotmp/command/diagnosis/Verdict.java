package io.github.niotmp.command.diagnosis;

/** The verdict on a directory. */
public enum Verdict {
  /** All checks found the directory fit. */
  WELL,
  /** The directory can be used, with limits. */
  LIMITED,
  /** The directory cannot be used, or not for every purpose. */
  PROBLEM
}
