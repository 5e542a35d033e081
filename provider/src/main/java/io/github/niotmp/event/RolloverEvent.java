package io.github.niotmp.event;

import io.github.niotmp.internal.report.Notices;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

@Name("io.github.niotmp.Rollover")
@Label("Rollover")
@Category("Temporary Files")
@Description("A file moved to a spill file of its own")
@Threshold("10 ms")
final class RolloverEvent extends Event implements TimedEvent {
  /** Reports whether a recording enables this event, before one is created. */
  private static final RolloverEvent NONE = new RolloverEvent("", "");

  @Label("File System")
  final String fileSystem;

  @Label("Path")
  @Description("The path by which the file was opened")
  String path = "";

  @Label("Bytes")
  @Description("Size of the file as it moved")
  @DataAmount
  long bytes;

  @Label("Cause")
  @Description("THRESHOLD, BUDGET, MAP or REQUEST")
  final String cause;

  private RolloverEvent(String fileSystem, String cause) {
    this.fileSystem = fileSystem;
    this.cause = cause;
  }

  static boolean isRecorded() {
    return NONE.isEnabled();
  }

  static TimedEvent started(String fileSystem, RolloverCause cause) {
    RolloverEvent event = new RolloverEvent(fileSystem, cause.name());
    event.begin();
    return event;
  }

  @Override
  public void end(Object file, long size) {
    end();
    if (shouldCommit()) {
      path = file.toString();
      bytes = size;
      Notices.record(this::record);
    }
  }

  private void record() {
    commit();
  }
}
