package io.github.niotmp.usage;

import io.github.niotmp.TmpUsage;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The name and the description of one number of {@link TmpUsage}. The file store and the MBean show
 * them.
 *
 * @param name the name of the attribute, with a small first letter
 * @param description a sentence without its full stop, with the unit
 * @param of reads the number from a usage
 */
public record Figure(String name, String description, ToLongFunction<TmpUsage> of) {
  /** All figures, in the order of the MBean. */
  public static final List<Figure> ALL =
      List.of(
          new Figure("files", "Regular files, open ones without a name included", TmpUsage::files),
          new Figure(
              "filesInMemory",
              "Regular files whose bytes are in memory, empty ones included",
              TmpUsage::filesInMemory),
          new Figure(
              "filesPacked",
              "Regular files that were evicted to a shared spill file",
              TmpUsage::filesPacked),
          new Figure(
              "filesOnDisk",
              "Regular files that rolled over to a spill file of their own",
              TmpUsage::filesOnDisk),
          new Figure(
              "openHandles", "Open channels, streams and watch services", TmpUsage::openHandles),
          new Figure("memoryBytes", "Bytes of memory taken by content", TmpUsage::memoryBytes),
          new Figure(
              "memoryPeak", "The largest memoryBytes so far, in bytes", TmpUsage::memoryPeak),
          new Figure(
              "metadataBytes",
              "Bytes of memory taken by names, link targets and user-defined attributes",
              TmpUsage::metadataBytes),
          new Figure("memoryBudget", "The limit of memoryBytes, in bytes", TmpUsage::memoryBudget),
          new Figure("diskBytes", "Bytes on the disk, holes included", TmpUsage::diskBytes),
          new Figure("size", "The sum of the sizes of all files, in bytes", TmpUsage::size),
          new Figure("rollovers", "Files that rolled over so far", TmpUsage::rollovers),
          new Figure(
              "descriptors",
              "Descriptors that this process holds for spill files and host paths of all file"
                  + " systems",
              TmpUsage::descriptors));
}
