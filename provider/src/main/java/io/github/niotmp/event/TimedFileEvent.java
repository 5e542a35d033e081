package io.github.niotmp.event;

import io.github.niotmp.internal.report.Notices;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** The fields and the end of the timed events on one file. */
abstract class TimedFileEvent extends Event implements TimedEvent {
  @Label("File System")
  final String fileSystem;

  @Label("Path")
  @Description("The path by which the file was opened")
  String path = "";

  @Label("Bytes")
  @Description("Size of the file as it moved")
  @DataAmount
  long bytes;

  TimedFileEvent(String fileSystem) {
    this.fileSystem = fileSystem;
  }

  @Override
  public final void end(Object file, long size) {
    end();
    if (shouldCommit()) {
      path = file.toString();
      bytes = size;
      Notices.record(this::commit);
    }
  }
}
