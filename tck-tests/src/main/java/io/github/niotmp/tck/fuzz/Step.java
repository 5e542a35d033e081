package io.github.niotmp.tck.fuzz;

/**
 * A kind of step.
 *
 * @param part the ability that it needs of the file system
 * @param changes whether it may change the tree
 * @param action runs the step; returns its description and outcome
 */
record Step(Part part, boolean changes, Action action) {

  /** An ability; a sequence leaves out steps that need a missing one. */
  enum Part {
    /** Reads and writes of files under one directory, as far as the Javadoc fixes the outcome. */
    BYTES,

    /** Reads and writes of such files whose outcome only the default provider fixes. */
    FILES,

    /** Mappings of such files. */
    MAPS,

    /** Mappings of such files after a step has set permissions. */
    MAPS_WHATEVER_MAY_BE_OPENED,

    /** Directories and links, with each exception of Linux. */
    NAMES,

    /** Permissions of existing files. */
    PERMISSIONS,

    /** User-defined attributes. */
    USER_ATTRIBUTES
  }

  /** Runs a step, and draws all its choices. */
  @FunctionalInterface
  interface Action {
    String run(Draw draw);
  }
}
