package io.github.niotmp.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("io.github.niotmp.Rollover")
@Label("Rollover")
@Category("Temporary Files")
@Description("A file moved to a spill file of its own")
final class RolloverEvent extends Event {
  /** Reports whether a recording enables this event, before one is created. */
  private static final RolloverEvent NONE = new RolloverEvent("", 0, "");

  @Label("File System")
  final String fileSystem;

  @Label("Bytes")
  @Description("The size of the file")
  @DataAmount
  final long bytes;

  @Label("Cause")
  @Description("THRESHOLD, BUDGET, MAP or REQUEST")
  final String cause;

  private RolloverEvent(String fileSystem, long bytes, String cause) {
    this.fileSystem = fileSystem;
    this.bytes = bytes;
    this.cause = cause;
  }

  static boolean isRecorded() {
    return NONE.isEnabled();
  }

  static void record(String fileSystem, long bytes, RolloverCause cause) {
    new RolloverEvent(fileSystem, bytes, cause.name()).commit();
  }
}
