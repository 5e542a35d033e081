package io.github.niotmp.event;

import io.github.niotmp.TmpUsage;

/**
 * Tells the flight recorder what becomes of one file system. Safe for use by any number of threads.
 */
public final class FileSystemEvents {
  private static final boolean RECORDER =
      ModuleLayer.boot()
          .findModule("jdk.jfr")
          .filter(FileSystemEvents.class.getModule()::canRead)
          .isPresent();

  private final String fileSystem;
  private final long opened = System.nanoTime();

  /**
   * Makes what tells of a file system that opens now.
   *
   * @param fileSystem what the events call it
   */
  public FileSystemEvents(String fileSystem) {
    this.fileSystem = fileSystem;
  }

  /** Returns what the events call the file system. */
  public String fileSystem() {
    return fileSystem;
  }

  /** A file has moved to a spill file of its own, with all its bytes. */
  public void rollover(long bytes, RolloverCause cause) {
    if (RECORDER) {
      RolloverEvent.record(fileSystem, bytes, cause);
    }
  }

  /** Files have to leave memory, as somebody needs {@code wanted} bytes more of it. */
  public void budgetReached(long budget, long wanted) {
    if (RECORDER) {
      BudgetReachedEvent.record(fileSystem, budget, wanted);
    }
  }

  /** What was opened has been collected and nobody had closed it. */
  public void leak(String kind, String path) {
    if (RECORDER) {
      LeakEvent.record(fileSystem, kind, path);
    }
  }

  /** Says whether {@link #closed} is worth the numbers. */
  public boolean recordsClosing() {
    return RECORDER && FileSystemClosedEvent.isRecorded();
  }

  /** The file system has closed; {@code last} is what it held before. */
  public void closed(TmpUsage last) {
    if (RECORDER) {
      FileSystemClosedEvent.record(fileSystem, System.nanoTime() - opened, last);
    }
  }
}
