package io.github.niotmp.event;

import io.github.niotmp.TmpLimitException;
import io.github.niotmp.TmpUsage;
import io.github.niotmp.internal.report.Notices;
import java.util.concurrent.atomic.LongAdder;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Records the Flight Recorder events of one file system, and counts those that an operator must
 * know without a recording: refusals and leaks. The caller may hold locks: its thread commits the
 * events later, when it delivers its {@link Notices}. While no recording enables an event, no
 * object is created for it. Safe for use by any number of threads.
 */
public final class FileSystemEvents {
  private static final boolean HAS_RECORDER =
      ModuleLayer.boot()
          .findModule("jdk.jfr")
          .filter(FileSystemEvents.class.getModule()::canRead)
          .isPresent();

  private final String fileSystem;
  private final LongAdder refusals;
  private final LongAdder leaks = new LongAdder();

  /** The events of the file system that this one is a view of, or null. */
  private final @Nullable FileSystemEvents original;

  private final long opened = System.nanoTime();

  /**
   * Starts the time that {@link #closed} reports.
   *
   * @param fileSystem the name of the file system in the events
   */
  public FileSystemEvents(String fileSystem) {
    this(fileSystem, new LongAdder(), null);
  }

  private FileSystemEvents(
      String fileSystem, LongAdder refusals, @Nullable FileSystemEvents original) {
    this.fileSystem = fileSystem;
    this.refusals = refusals;
    this.original = original;
  }

  /**
   * Returns the events of a view of this file system. The view has the refusals of this file
   * system, because they have one volume; this file system has the leaks of the view, too.
   *
   * @param name the name of the view in the events
   */
  public FileSystemEvents ofView(String name) {
    return new FileSystemEvents(name, refusals, this);
  }

  /** Returns the number of calls of {@link #limitReached}. */
  public long refusals() {
    return refusals.sum();
  }

  /** Returns the number of calls of {@link #leak}, those of views included. */
  public long leaks() {
    return leaks.sum();
  }

  /** Returns the name of the file system in the events. */
  public String fileSystem() {
    return fileSystem;
  }

  /** Starts the event of a file that moves to a spill file of its own. */
  public TimedEvent rollover(SpillCause cause) {
    return isRecorderUsed() && RolloverEvent.isRecorded()
        ? RolloverEvent.started(fileSystem, cause)
        : TimedEvent.NONE;
  }

  /** Starts the event of files that move to a pack together. */
  public PackingTime packing(SpillCause cause) {
    return isRecorderUsed() && PackingEvent.isRecorded()
        ? PackingEvent.started(fileSystem, cause)
        : PackingTime.NONE;
  }

  /** Starts the event of a packed file that moves back to memory. */
  public TimedEvent unpacking() {
    return isRecorderUsed() && UnpackingEvent.isRecorded()
        ? UnpackingEvent.started(fileSystem)
        : TimedEvent.NONE;
  }

  /** Starts the event of I/O on the host or another provider. */
  public TimedEvent hostIo(HostOperation operation) {
    return isRecorderUsed() && HostIoEvent.isRecorded()
        ? HostIoEvent.started(fileSystem, operation)
        : TimedEvent.NONE;
  }

  /**
   * Counts and records that a limit refuses a call.
   *
   * @param wanted what the limit would have to be
   * @return {@code refusal}, which the caller throws
   */
  public TmpLimitException limitReached(TmpLimitException refusal, long wanted) {
    refusals.increment();
    if (isRecorderUsed() && LimitReachedEvent.isRecorded()) {
      Notices.record(
          () ->
              LimitReachedEvent.record(
                  fileSystem, refusal.getFile(), refusal.setting(), refusal.limit(), wanted));
    }
    return refusal;
  }

  /** Records that files must leave memory, because a caller needs {@code wanted} more bytes. */
  public void budgetReached(long budget, long wanted) {
    if (isRecorderUsed() && BudgetReachedEvent.isRecorded()) {
      Notices.record(() -> BudgetReachedEvent.record(fileSystem, budget, wanted));
    }
  }

  /**
   * Counts and records that the collector found a handle that the program had not closed.
   *
   * @param opener has the thread in its message and the stack that opened the handle; null if that
   *     is not tracked
   */
  public void leak(String kind, String path, @Nullable Throwable opener) {
    for (FileSystemEvents each = this; each != null; each = each.original) {
      each.leaks.increment();
    }
    if (isRecorderUsed() && LeakEvent.isRecorded()) {
      String caller = opener == null ? "" : CallSite.of(opener).orElse("");
      Notices.record(() -> LeakEvent.record(fileSystem, kind, path, caller, stack(opener)));
    }
  }

  private static String stack(@Nullable Throwable opener) {
    if (opener == null) {
      return "";
    }
    StringBuilder text = new StringBuilder(opener.getMessage());
    for (StackTraceElement frame : opener.getStackTrace()) {
      text.append("\n\tat ").append(frame);
    }
    return text.toString();
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
