package io.github.niotmp.tck.fuzz;

/**
 * A kind of step.
 *
 * @param part what a file system must be good at for it
 * @param changes whether a tree may be another one after it
 * @param action what it does; returns what it was and what came of it
 */
record Step(Part part, boolean changes, Action action) {

  /** What may be left out on a file system that is not made for it. */
  enum Part {
    /** Files under one directory and handles on them. */
    FILES,

    /** Mappings of such files. */
    MAPS,

    /** The same once a step has set permissions. */
    MAPS_WHATEVER_MAY_BE_OPENED,

    /** Directories and links, with each exception of Linux. */
    NAMES,

    /** Permissions of what is there. */
    PERMISSIONS,

    /** Attributes of users. */
    USER_ATTRIBUTES
  }

  /** Does something, all of which comes from what it draws. */
  @FunctionalInterface
  interface Action {
    String run(Draw draw);
  }
}
