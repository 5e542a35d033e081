package io.github.niotmp.usage;

import io.github.niotmp.TmpUsage;

/**
 * One number of {@link TmpUsage}: its name, its unit and its description, which the file store and
 * the MBean show. The order is that of the MBean.
 */
public enum Figure {
  FILES("files", Unit.FILES, "Regular files, open ones without a name included"),
  FILES_IN_MEMORY(
      "filesInMemory", Unit.FILES, "Regular files whose bytes are in memory, empty ones included"),
  FILES_PACKED("filesPacked", Unit.FILES, "Regular files that were evicted to a shared spill file"),
  FILES_ON_DISK(
      "filesOnDisk", Unit.FILES, "Regular files that rolled over to a spill file of their own"),
  FILES_ON_HOST(
      "filesOnHost", Unit.FILES, "Regular files that have a real path for other programs"),
  NAMES("names", "names", "Names of files, directories and links, which MaxFiles limits"),
  OPEN_HANDLES("openHandles", Unit.HANDLES, "Open channels, streams and watch services"),
  LEAKS("leaks", Unit.HANDLES, "Handles that were collected unclosed so far"),
  REFUSALS("refusals", "calls", "Calls that a limit refused so far"),
  MEMORY_BYTES("memoryBytes", Unit.BYTES, "Bytes of memory taken by content"),
  MEMORY_PEAK("memoryPeak", Unit.BYTES, "The largest memoryBytes so far, in bytes"),
  METADATA_BYTES(
      "metadataBytes",
      Unit.BYTES,
      "Bytes of memory taken by names, link targets and user-defined attributes"),
  MEMORY_BUDGET("memoryBudget", Unit.BYTES, "The limit of memoryBytes, in bytes"),
  JVM_MEMORY_BYTES(
      "jvmMemoryBytes",
      Unit.BYTES,
      "Bytes that all file systems of the JVM take of its memory budget"),
  JVM_MEMORY_BUDGET("jvmMemoryBudget", Unit.BYTES, "The limit of jvmMemoryBytes, in bytes"),
  DISK_BYTES("diskBytes", Unit.BYTES, "Bytes on the disk, holes included"),
  SIZE("size", Unit.BYTES, "The sum of the sizes of all files, in bytes"),
  ROLLOVERS("rollovers", Unit.FILES, "Files that rolled over so far"),
  DESCRIPTORS(
      "descriptors",
      "descriptors",
      "Descriptors that this process holds for spill files and host paths of all file systems");

  private final String key;
  private final String unit;
  private final String description;

  Figure(String key, String unit, String description) {
    this.key = key;
    this.unit = unit;
    this.description = description;
  }

  /** Returns the name of the attribute, with a small first letter. */
  public String key() {
    return key;
  }

  /** Returns the unit, in the plural. */
  public String unit() {
    return unit;
  }

  /** Returns a sentence without its full stop, with the unit. */
  public String description() {
    return description;
  }

  /** The units of several figures. */
  private static final class Unit {
    static final String BYTES = "bytes";
    static final String FILES = "files";
    static final String HANDLES = "handles";
  }
}
