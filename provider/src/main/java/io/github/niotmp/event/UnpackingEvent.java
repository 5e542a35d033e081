package io.github.niotmp.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

@Name("io.github.niotmp.Unpacking")
@Label("Unpacking")
@Category("Temporary Files")
@Description("A packed file moved back to memory, because a caller writes to it")
@Threshold("10 ms")
final class UnpackingEvent extends TimedFileEvent {
  /** Reports whether a recording enables this event, before one is created. */
  private static final UnpackingEvent NONE = new UnpackingEvent("");

  private UnpackingEvent(String fileSystem) {
    super(fileSystem);
  }

  static boolean isRecorded() {
    return NONE.isEnabled();
  }

  static TimedEvent started(String fileSystem) {
    UnpackingEvent event = new UnpackingEvent(fileSystem);
    event.begin();
    return event;
  }
}
