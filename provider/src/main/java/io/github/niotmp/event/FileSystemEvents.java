package io.github.niotmp.event;

import io.github.niotmp.TmpUsage;
import io.github.niotmp.internal.report.Notices;
import jdk.jfr.FlightRecorder;

/**
 * Tells the flight recorder what becomes of one file system. Locks may be held: the events are
 * recorded as this thread delivers its {@link Notices}. Safe for use by any number of threads.
 */
public final class FileSystemEvents {
  private static final boolean HAS_RECORDER =
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
    if (isRecorderUsed() && RolloverEvent.isRecorded()) {
      Notices.record(() -> RolloverEvent.record(fileSystem, bytes, cause));
    }
  }

  /** Files have to leave memory, as somebody needs {@code wanted} bytes more of it. */
  public void budgetReached(long budget, long wanted) {
    if (isRecorderUsed() && BudgetReachedEvent.isRecorded()) {
      Notices.record(() -> BudgetReachedEvent.record(fileSystem, budget, wanted));
    }
  }

  /** What was opened has been collected and nobody had closed it. */
  public void leak(String kind, String path) {
    if (isRecorderUsed() && LeakEvent.isRecorded()) {
      Notices.record(() -> LeakEvent.record(fileSystem, kind, path));
    }
  }

  /** Says whether {@link #closed} is worth the numbers. */
  public boolean recordsClosing() {
    return isRecorderUsed() && FileSystemClosedEvent.isRecorded();
  }

  /** The file system has closed; {@code last} is what it held before. */
  public void closed(TmpUsage last) {
    if (isRecorderUsed()) {
      long openFor = System.nanoTime() - opened;
      Notices.record(() -> FileSystemClosedEvent.record(fileSystem, openFor, last));
    }
  }

  /** As an event's class is loaded, all of the recorder is: that takes longer than a rollover. */
  private static boolean isRecorderUsed() {
    return HAS_RECORDER && FlightRecorder.isInitialized();
  }
}
