package io.github.niotmp.event;

import io.github.niotmp.internal.report.Notices;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

@Name("io.github.niotmp.Packing")
@Label("Packing")
@Category("Temporary Files")
@Description("Small files moved together to a spill file that they share")
@Threshold("10 ms")
final class PackingEvent extends Event implements PackingTime {
  /** Reports whether a recording enables this event, before one is created. */
  private static final PackingEvent NONE = new PackingEvent("", "");

  @Label("File System")
  final String fileSystem;

  @Label("Files")
  @Description("Number of files that moved")
  long files;

  @Label("Bytes")
  @Description("Sum of their sizes")
  @DataAmount
  long bytes;

  @Label("Cause")
  @Description("BUDGET or REQUEST")
  final String cause;

  private PackingEvent(String fileSystem, String cause) {
    this.fileSystem = fileSystem;
    this.cause = cause;
  }

  static boolean isRecorded() {
    return NONE.isEnabled();
  }

  static PackingTime started(String fileSystem, SpillCause cause) {
    PackingEvent event = new PackingEvent(fileSystem, cause.name());
    event.begin();
    return event;
  }

  @Override
  public void end(long moved, long size) {
    end();
    if (moved > 0 && shouldCommit()) {
      files = moved;
      bytes = size;
      Notices.record(this::commit);
    }
  }
}
