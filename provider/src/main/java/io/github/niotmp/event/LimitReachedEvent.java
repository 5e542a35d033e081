package io.github.niotmp.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("io.github.niotmp.LimitReached")
@Label("Limit Reached")
@Category("Temporary Files")
@Description("A call was refused, because it would exceed a limit; the stack trace is the caller's")
final class LimitReachedEvent extends Event {
  /** Reports whether a recording enables this event, before one is created. */
  private static final LimitReachedEvent NONE = new LimitReachedEvent("", "", "", 0, 0);

  @Label("File System")
  final String fileSystem;

  @Label("Path")
  @Description("The file that was to be created or written")
  final String path;

  @Label("Setting")
  @Description("The key of the limit")
  final String setting;

  @Label("Limit")
  @Description("Bytes, or names for maxFiles")
  final long limit;

  @Label("Wanted")
  @Description("What the limit would have had to be, in its unit")
  final long wanted;

  private LimitReachedEvent(
      String fileSystem, String path, String setting, long limit, long wanted) {
    this.fileSystem = fileSystem;
    this.path = path;
    this.setting = setting;
    this.limit = limit;
    this.wanted = wanted;
  }

  static boolean isRecorded() {
    return NONE.isEnabled();
  }

  static void record(String fileSystem, String path, String setting, long limit, long wanted) {
    new LimitReachedEvent(fileSystem, path, setting, limit, wanted).commit();
  }
}
