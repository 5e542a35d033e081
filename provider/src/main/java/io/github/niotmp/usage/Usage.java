package io.github.niotmp.usage;

import io.github.niotmp.TmpUsage;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one file system at one moment, read one after another while other threads write.
 * {@link Figure} describes them. The content store creates the value, the volume adds the number of
 * files, and the file system adds the number of handles.
 */
public record Usage(
    long files,
    long filesInMemory,
    long filesPacked,
    long filesOnDisk,
    long openHandles,
    long memoryBytes,
    long memoryPeak,
    long metadataBytes,
    long memoryBudget,
    long diskBytes,
    long size,
    long rollovers,
    long descriptors)
    implements TmpUsage {
  /** Returns the usage of a volume that has only host files. */
  public static Usage ofHost(long files, long bytes, long descriptors) {
    return new Usage(files, 0, 0, files, 0, 0, 0, 0, 0, bytes, bytes, 0, descriptors);
  }

  /** Returns a copy with the given number of files; the rest of them is in memory. */
  public Usage withFiles(long all) {
    return new Usage(
        all,
        Math.max(0, all - filesOnDisk - filesPacked),
        filesPacked,
        filesOnDisk,
        openHandles,
        memoryBytes,
        memoryPeak,
        metadataBytes,
        memoryBudget,
        diskBytes,
        size,
        rollovers,
        descriptors);
  }

  /** Returns a copy with the given number of open handles. */
  public Usage withOpenHandles(long handles) {
    return new Usage(
        files,
        filesInMemory,
        filesPacked,
        filesOnDisk,
        handles,
        memoryBytes,
        memoryPeak,
        metadataBytes,
        memoryBudget,
        diskBytes,
        size,
        rollovers,
        descriptors);
  }

  /** Replaces the generated method, which would keep the class loader from being collected. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Usage that
        && files == that.files
        && filesInMemory == that.filesInMemory
        && filesPacked == that.filesPacked
        && filesOnDisk == that.filesOnDisk
        && openHandles == that.openHandles
        && memoryBytes == that.memoryBytes
        && memoryPeak == that.memoryPeak
        && metadataBytes == that.metadataBytes
        && memoryBudget == that.memoryBudget
        && diskBytes == that.diskBytes
        && size == that.size
        && rollovers == that.rollovers
        && descriptors == that.descriptors;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(files) + 31 * Long.hashCode(size);
  }
}
