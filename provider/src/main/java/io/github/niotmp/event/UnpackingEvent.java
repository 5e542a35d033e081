package io.github.niotmp.event;

import io.github.niotmp.internal.report.Notices;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

@Name("io.github.niotmp.Unpacking")
@Label("Unpacking")
@Category("Temporary Files")
@Description("A packed file moved back to memory, because a caller writes to it")
@Threshold("10 ms")
final class UnpackingEvent extends Event implements TimedEvent {
  /** Reports whether a recording enables this event, before one is created. */
  private static final UnpackingEvent NONE = new UnpackingEvent("");

  @Label("File System")
  final String fileSystem;

  @Label("Path")
  @Description("The path by which the file was opened")
  String path = "";

  @Label("Bytes")
  @Description("Size of the file as it moved")
  @DataAmount
  long bytes;

  private UnpackingEvent(String fileSystem) {
    this.fileSystem = fileSystem;
  }

  static boolean isRecorded() {
    return NONE.isEnabled();
  }

  static TimedEvent started(String fileSystem) {
    UnpackingEvent event = new UnpackingEvent(fileSystem);
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
