package io.github.niotmp.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("io.github.niotmp.Leak")
@Label("Leak")
@Category("Temporary Files")
@Description("A handle was collected unclosed")
@StackTrace(false) // the cleaning thread's stack does not show the leak
final class LeakEvent extends Event {
  /** Reports whether a recording enables this event, before one is created. */
  private static final LeakEvent NONE = new LeakEvent("", "", "", "", "");

  @Label("File System")
  final String fileSystem;

  @Label("Kind")
  @Description("The kind of the handle")
  final String kind;

  @Label("Path")
  @Description("The path by which it was opened")
  final String path;

  @Label("Opener")
  @Description("The caller of this library; empty unless the setting trackOpeners is true")
  final String opener;

  @Label("Stack")
  @Description("Thread and stack that opened it; empty unless the setting trackOpeners is true")
  final String stack;

  private LeakEvent(String fileSystem, String kind, String path, String opener, String stack) {
    this.fileSystem = fileSystem;
    this.kind = kind;
    this.path = path;
    this.opener = opener;
    this.stack = stack;
  }

  static boolean isRecorded() {
    return NONE.isEnabled();
  }

  static void record(String fileSystem, String kind, String path, String opener, String stack) {
    new LeakEvent(fileSystem, kind, path, opener, stack).commit();
  }
}
