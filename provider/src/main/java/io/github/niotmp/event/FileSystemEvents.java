package io.github.niotmp.event;

import io.github.niotmp.TmpUsage;
import io.github.niotmp.internal.report.Notices;
import jdk.jfr.FlightRecorder;

/**
 * Records the Flight Recorder events of one file system. The caller may hold locks: its thread
 * commits the events later, when it delivers its {@link Notices}. Safe for use by any number of
 * threads.
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
   * Starts the time that {@link #closed} reports.
   *
   * @param fileSystem the name of the file system in the events
   */
  public FileSystemEvents(String fileSystem) {
    this.fileSystem = fileSystem;
  }

  /** Returns the name of the file system in the events. */
  public String fileSystem() {
    return fileSystem;
  }

  /** Records that a file moved to a spill file of its own, with all its bytes. */
  public void rollover(long bytes, RolloverCause cause) {
    if (isRecorderUsed() && RolloverEvent.isRecorded()) {
      Notices.record(() -> RolloverEvent.record(fileSystem, bytes, cause));
    }
  }

  /** Records that files must leave memory, because a caller needs {@code wanted} more bytes. */
  public void budgetReached(long budget, long wanted) {
    if (isRecorderUsed() && BudgetReachedEvent.isRecorded()) {
      Notices.record(() -> BudgetReachedEvent.record(fileSystem, budget, wanted));
    }
  }

  /** Records that the collector found a handle that the program had not closed. */
  public void leak(String kind, String path) {
    if (isRecorderUsed() && LeakEvent.isRecorded()) {
      Notices.record(() -> LeakEvent.record(fileSystem, kind, path));
    }
  }

  /**
   * Says whether a recording enables the event of {@link #closed}, which needs the usage numbers.
   */
  public boolean recordsClosing() {
    return isRecorderUsed() && FileSystemClosedEvent.isRecorded();
  }

  /** Records that the file system closed; {@code last} is its usage before that. */
  public void closed(TmpUsage last) {
    if (isRecorderUsed()) {
      long openFor = System.nanoTime() - opened;
      Notices.record(() -> FileSystemClosedEvent.record(fileSystem, openFor, last));
    }
  }

  /**
   * Checks first whether the recorder is in use: loading an event class initializes it, which takes
   * longer than a rollover.
   */
  private static boolean isRecorderUsed() {
    return HAS_RECORDER && FlightRecorder.isInitialized();
  }
}
