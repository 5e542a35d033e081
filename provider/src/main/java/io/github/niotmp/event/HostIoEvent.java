package io.github.niotmp.event;

import io.github.niotmp.internal.report.Notices;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

@Name("io.github.niotmp.HostIo")
@Label("Host I/O")
@Category("Temporary Files")
@Description("I/O of a file system on the directory of its setting, which may be of any provider")
@Threshold("20 ms")
final class HostIoEvent extends Event implements TimedEvent {
  /** Reports whether a recording enables this event, before one is created. */
  private static final HostIoEvent NONE = new HostIoEvent("", "");

  @Label("File System")
  final String fileSystem;

  @Label("Path")
  @Description("The file if storage is host, or the directory of the spill files")
  String path = "";

  @Label("Operation")
  @Description("CREATE, READ, WRITE, TRUNCATE or FORCE")
  final String operation;

  @Label("Bytes")
  @Description("Bytes read or written; 0 for other operations")
  @DataAmount
  long bytes;

  private HostIoEvent(String fileSystem, String operation) {
    this.fileSystem = fileSystem;
    this.operation = operation;
  }

  static boolean isRecorded() {
    return NONE.isEnabled();
  }

  static TimedEvent started(String fileSystem, HostOperation operation) {
    HostIoEvent event = new HostIoEvent(fileSystem, operation.name());
    event.begin();
    return event;
  }

  @Override
  public void end(Object fileOrDirectory, long moved) {
    end();
    if (shouldCommit()) {
      path = fileOrDirectory.toString();
      bytes = moved;
      Notices.record(this::commit);
    }
  }
}
