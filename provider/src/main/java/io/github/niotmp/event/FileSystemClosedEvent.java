package io.github.niotmp.event;

import io.github.niotmp.TmpUsage;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("io.github.niotmp.FileSystemClosed")
@Label("File System Closed")
@Category("Temporary Files")
@Description("A file system closed; the numbers are what it held just before")
final class FileSystemClosedEvent extends Event {
  /** Answers whether a recording wants such events, so that none is made in vain. */
  private static final FileSystemClosedEvent NONE =
      new FileSystemClosedEvent("", 0, new TmpUsage(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

  @Label("File System")
  final String fileSystem;

  @Label("Open For")
  @Timespan
  final long openFor;

  @Label("Files")
  final long files;

  @Label("Files in Memory")
  final long filesInMemory;

  @Label("Files Packed")
  final long filesPacked;

  @Label("Files on Disk")
  final long filesOnDisk;

  @Label("Open Handles")
  final long openHandles;

  @Label("Memory")
  @DataAmount
  final long memoryBytes;

  @Label("Memory Peak")
  @DataAmount
  final long memoryPeak;

  @Label("Memory Budget")
  @DataAmount
  final long memoryBudget;

  @Label("Disk")
  @DataAmount
  final long diskBytes;

  @Label("Size")
  @Description("The sum of the sizes of all files")
  @DataAmount
  final long size;

  @Label("Rollovers")
  final long rollovers;

  private FileSystemClosedEvent(String fileSystem, long openFor, TmpUsage last) {
    this.fileSystem = fileSystem;
    this.openFor = openFor;
    files = last.files();
    filesInMemory = last.filesInMemory();
    filesPacked = last.filesPacked();
    filesOnDisk = last.filesOnDisk();
    openHandles = last.openHandles();
    memoryBytes = last.memoryBytes();
    memoryPeak = last.memoryPeak();
    memoryBudget = last.memoryBudget();
    diskBytes = last.diskBytes();
    size = last.size();
    rollovers = last.rollovers();
  }

  static boolean isRecorded() {
    return NONE.isEnabled();
  }

  static void record(String fileSystem, long openFor, TmpUsage last) {
    new FileSystemClosedEvent(fileSystem, openFor, last).commit();
  }
}
