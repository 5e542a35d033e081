package io.github.niotmp.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

@Name("io.github.niotmp.Rollover")
@Label("Rollover")
@Category("Temporary Files")
@Description("A file moved to a spill file of its own")
@Threshold("10 ms")
final class RolloverEvent extends TimedFileEvent {
  /** Reports whether a recording enables this event, before one is created. */
  private static final RolloverEvent NONE = new RolloverEvent("", "");

  @Label("Cause")
  @Description("THRESHOLD, BUDGET, MAP or REQUEST")
  final String cause;

  private RolloverEvent(String fileSystem, String cause) {
    super(fileSystem);
    this.cause = cause;
  }

  static boolean isRecorded() {
    return NONE.isEnabled();
  }

  static TimedEvent started(String fileSystem, SpillCause cause) {
    RolloverEvent event = new RolloverEvent(fileSystem, cause.name());
    event.begin();
    return event;
  }
}
