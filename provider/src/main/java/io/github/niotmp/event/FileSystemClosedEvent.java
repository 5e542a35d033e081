package io.github.niotmp.event;

import io.github.niotmp.TmpUsage;
import java.util.function.LongSupplier;
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
@Description("A file system closed; the numbers are its usage just before")
final class FileSystemClosedEvent extends Event {
  /** Reports whether a recording enables this event, before one is created. */
  private static final FileSystemClosedEvent NONE = new FileSystemClosedEvent();

  @Label("File System")
  String fileSystem = "";

  @Label("Open For")
  @Timespan
  long openFor;

  @Label("Files")
  long files;

  @Label("Files in Memory")
  long filesInMemory;

  @Label("Files Packed")
  long filesPacked;

  @Label("Files on Disk")
  long filesOnDisk;

  @Label("Files on Host")
  long filesOnHost;

  @Label("Names")
  @Description("Names of files, directories and links")
  long names;

  @Label("Open Handles")
  long openHandles;

  @Label("Leaks")
  @Description("Handles that were collected unclosed")
  long leaks;

  @Label("Refusals")
  @Description("Calls that a limit refused")
  long refusals;

  @Label("Memory")
  @DataAmount
  long memoryBytes;

  @Label("Memory Peak")
  @DataAmount
  long memoryPeak;

  @Label("Metadata")
  @Description("Names, link targets and user-defined attributes")
  @DataAmount
  long metadataBytes;

  @Label("Memory Budget")
  @Description("Not available if the storage is host, as those of the JVM")
  @DataAmount
  long memoryBudget;

  @Label("Memory of the JVM")
  @Description("Bytes that all file systems took of the memory budget of the JVM")
  @DataAmount
  long jvmMemoryBytes;

  @Label("Memory Budget of the JVM")
  @DataAmount
  long jvmMemoryBudget;

  @Label("Disk")
  @DataAmount
  long diskBytes;

  @Label("Size")
  @Description("The sum of the sizes of all files")
  @DataAmount
  long size;

  @Label("Rollovers")
  long rollovers;

  @Label("Descriptors")
  @Description("Those that the process held for spill files and host paths of all file systems")
  long descriptors;

  static boolean isRecorded() {
    return NONE.isEnabled();
  }

  static void record(String fileSystem, long openFor, TmpUsage last) {
    FileSystemClosedEvent event = new FileSystemClosedEvent();
    event.fileSystem = fileSystem;
    event.openFor = openFor;
    event.files = last.files();
    event.filesInMemory = last.filesInMemory();
    event.filesPacked = last.filesPacked();
    event.filesOnDisk = last.filesOnDisk();
    event.filesOnHost = last.filesOnHost();
    event.names = last.names();
    event.openHandles = last.openHandles();
    event.leaks = last.leaks();
    event.refusals = last.refusals();
    event.memoryBytes = last.memoryBytes();
    event.memoryPeak = last.memoryPeak();
    event.metadataBytes = last.metadataBytes();
    event.memoryBudget = ifAvailable(last::memoryBudget);
    event.jvmMemoryBytes = ifAvailable(last::jvmMemoryBytes);
    event.jvmMemoryBudget = ifAvailable(last::jvmMemoryBudget);
    event.diskBytes = last.diskBytes();
    event.size = last.size();
    event.rollovers = last.rollovers();
    event.descriptors = last.descriptors();
    event.commit();
  }

  /** Returns a number, or the value that the recorder shows as not available. */
  private static long ifAvailable(LongSupplier number) {
    try {
      return number.getAsLong();
    } catch (UnsupportedOperationException e) {
      return Long.MIN_VALUE;
    }
  }
}
